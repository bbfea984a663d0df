package dev.parley.webrtc;

import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matches candidates with a description. Both name their ICE credentials by a username fragment
 * (RFC 8839), which changes with each connection and each ICE restart. So it distinguishes the
 * candidates of one connection from those of an earlier or later one between the same two peers,
 * even without a conversation key.
 *
 * @param known the fragments of the description; empty if it names none
 */
public record UsernameFragments(Set<String> known) {

  /** Those of a description that names none. */
  public static final UsernameFragments NONE = new UsernameFragments(Set.of());

  public UsernameFragments {
    known = Set.copyOf(known);
  }

  /** Those of a description. */
  public static UsernameFragments of(Sdp description) {
    return new UsernameFragments(description.usernameFragments());
  }

  /** Whether {@code content} may belong to the description: no fragment contradicts it. */
  public boolean fit(Content content) {
    @Nullable String named = named(content);
    return named == null || known.isEmpty() || known.contains(named);
  }

  /** Whether {@code content} certainly belongs to the description. */
  public boolean prove(Content content) {
    @Nullable String named = named(content);
    return named != null && known.contains(named);
  }

  private static @Nullable String named(Content content) {
    return content instanceof Content.Candidate candidate ? candidate.fragment() : null;
  }
}
