package dev.parley.access;

import dev.parley.config.ConfigurationException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A ban, for a time. There is one at most of each kind, realm and value.
 *
 * @param kind whom it is about
 * @param realm the realm that it holds in; null for every realm
 * @param value the subject, the id, or the network, as {@code 192.0.2.7} or {@code 2001:db8::/32}
 * @param until when it ends
 * @param reason why, for operators; clients do not get it
 */
public record Ban(
    Kind kind, @Nullable String realm, String value, Instant until, String reason) {

  /** The longest value and the longest reason, in characters. */
  public static final int MAX_TEXT = 1_000;

  /** Whom a ban is about. */
  public enum Kind {
    /** The clients that a policy has admitted as a subject. */
    SUBJECT,
    /** The clients that claim an id. */
    ID,
    /** The clients at an address, or in a network. */
    NETWORK
  }

  /** Rejects a network that is none, and texts that are too long. */
  public Ban {
    if (value.isEmpty() || value.length() > MAX_TEXT || reason.length() > MAX_TEXT) {
      throw new ConfigurationException(
          "", value, "a value and a reason of at most " + MAX_TEXT + " characters");
    }
    if (kind == Kind.NETWORK && Network.parse(value).isEmpty()) {
      throw new ConfigurationException(
          "", value, "an address or a network, such as 192.0.2.7 or 2001:db8::/32");
    }
  }

  /** Whether the other one is about the same clients, and is replaced by this one. */
  public boolean isAboutSameAs(Ban that) {
    return subject().equals(that.subject());
  }

  /** What there is one ban of at most. */
  Subject subject() {
    return new Subject(kind, realm, value);
  }

  /** The clients of a ban. Comparable, as other keys that contain what clients choose. */
  record Subject(Kind kind, @Nullable String realm, String value) implements Comparable<Subject> {

    private static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::value)
            .thenComparing(Subject::kind)
            .thenComparing(Subject::realm, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(Subject that) {
      return ORDER.compare(this, that);
    }
  }
}
