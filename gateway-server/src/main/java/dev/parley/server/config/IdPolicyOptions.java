package dev.parley.server.config;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.identity.IdPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ids the peers of a realm may have, beside what the gate grants.
 *
 * @param given the secret of the ids that the server gives out, which are the only ones then; null
 *     to let clients choose
 * @param pattern patterns, one of which an id must match; none for no restriction
 * @param reserved patterns of ids for verified clients alone
 * @param unlisted patterns of ids that lists of peers leave out
 */
public record IdPolicyOptions(
    @Nullable Secret given, List<String> pattern, List<String> reserved, List<String> unlisted) {

  /** Every id may be claimed. */
  public static final IdPolicyOptions DEFAULT =
      new IdPolicyOptions(null, List.of(), List.of(), List.of());

  /** Copies its lists; rejects what is no pattern. */
  public IdPolicyOptions {
    pattern = checked("pattern", pattern);
    reserved = checked("reserved", reserved);
    unlisted = checked("unlisted", unlisted);
  }

  private static List<String> checked(String key, List<String> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      try {
        var unused = new IdPattern(patterns.get(i));
      } catch (ConfigurationException wrong) {
        throw wrong.within(key + "." + i);
      }
    }
    return List.copyOf(patterns);
  }
}
