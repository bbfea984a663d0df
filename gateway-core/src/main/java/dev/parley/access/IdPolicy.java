package dev.parley.access;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ids a realm has, for all its clients, beside what their policies permit.
 *
 * @param given the secret of the ids that the server gives out: others cannot be owned, except
 *     those that an identity names one by one. The same on all nodes. Null to let clients choose
 * @param pattern an id must match one of them; none for no restriction
 * @param reserved an id that matches one of them is for clients with a subject, or with a grant of
 *     their own
 * @param unlisted an id that matches one of them is left out of lists of peers
 */
public record IdPolicy(
    @Nullable Secret given, List<IdPattern> pattern, List<IdPattern> reserved,
    List<IdPattern> unlisted) {

  /** The fewest characters of the secret. */
  public static final int SHORTEST_SECRET = 16;

  /** No restriction. */
  public static final IdPolicy ANY = new IdPolicy(null, List.of(), List.of(), List.of());

  public IdPolicy {
    if (given != null && given.value().length() < SHORTEST_SECRET) {
      throw new ConfigurationException(
          "given", Secret.MASK, "a secret of at least " + SHORTEST_SECRET + " characters");
    }
    pattern = List.copyOf(pattern);
    reserved = List.copyOf(reserved);
    unlisted = List.copyOf(unlisted);
  }

  /** Whether an identity may own an id, as far as this policy decides. */
  boolean permits(String realm, String id, Identity identity) {
    return (pattern.isEmpty() || match(pattern, id))
        && (hasGrant(identity) || !match(reserved, id))
        && (given == null || identity.ids().ids().contains(id)
            || GivenIds.of(given, realm).contain(id));
  }

  /** Whether a list of peers shows an id. */
  boolean lists(String id) {
    return !match(unlisted, id);
  }

  private static boolean hasGrant(Identity identity) {
    return identity.subject() != null || !identity.ids().equals(IdGrant.ANY);
  }

  private static boolean match(List<IdPattern> patterns, String id) {
    for (IdPattern each : patterns) {
      if (each.matches(id)) {
        return true;
      }
    }
    return false;
  }
}
