package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The claims that say who a client is. A name that no claim has is read as a path: {@code
 * realm_access.roles} is the field {@code roles} of the claim {@code realm_access}.
 *
 * @param subject the subject, a text
 * @param id the ids that the client may own, a text or a list of them; null for none
 * @param ids patterns of such ids, a text or a list of them; null for none. Without this and {@code
 *     id} the subject is the only id
 * @param realm the realm that a token is for, a text or a list of them; null for tokens that are
 *     for any realm
 * @param roles the roles, a list or a text with blanks between them; null for none
 */
public record ClaimNames(
    String subject, @Nullable String id, @Nullable String ids, @Nullable String realm,
    @Nullable String roles) {

  /** The subject is the only id. */
  public static final ClaimNames DEFAULT = new ClaimNames("sub", null, null, null, null);

  public ClaimNames {
    requireName("subject", subject);
    requireName("id", id);
    requireName("ids", ids);
    requireName("realm", realm);
    requireName("roles", roles);
  }

  private static void requireName(String key, @Nullable String name) {
    if (name != null && name.isBlank()) {
      throw new ConfigurationException(key, name, "the name of a claim");
    }
  }
}
