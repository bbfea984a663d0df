package dev.parley.webrtc;

import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which candidates belong to a description. Both name the ICE credentials that they are for by a
 * username fragment (RFC 8839), which is another one for each connection and each restart of ICE:
 * so it tells the candidates of a connection from those of an earlier or a later one between the
 * same two peers, even where these have no key for it.
 *
 * @param known what the description names; empty if it names none
 */
public record UsernameFragments(Set<String> known) {

  /** Of a description that names none. */
  public static final UsernameFragments NONE = new UsernameFragments(Set.of());

  public UsernameFragments {
    known = Set.copyOf(known);
  }

  /** Those of a description. */
  public static UsernameFragments of(Sdp description) {
    return new UsernameFragments(description.usernameFragments());
  }

  /** Whether {@code content} may belong to the description: nothing shows that it does not. */
  public boolean fit(Content content) {
    @Nullable String named = named(content);
    return named == null || known.isEmpty() || known.contains(named);
  }

  /** Whether {@code content} belongs to the description for certain. */
  public boolean prove(Content content) {
    @Nullable String named = named(content);
    return named != null && known.contains(named);
  }

  private static @Nullable String named(Content content) {
    return content instanceof Content.Candidate candidate ? candidate.fragment() : null;
  }
}
