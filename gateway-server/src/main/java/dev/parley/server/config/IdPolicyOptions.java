package dev.parley.server.config;

import dev.parley.access.IdPolicy;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.identity.IdPattern;
import java.util.ArrayList;
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

  /** Copies its lists; rejects what is no pattern, and a secret that is too short. */
  public IdPolicyOptions {
    pattern = List.copyOf(pattern);
    reserved = List.copyOf(reserved);
    unlisted = List.copyOf(unlisted);
    var unused = policy(given, pattern, reserved, unlisted);
  }

  /** What they mean. */
  public IdPolicy policy() {
    return policy(given, pattern, reserved, unlisted);
  }

  private static IdPolicy policy(
      @Nullable Secret given, List<String> pattern, List<String> reserved,
      List<String> unlisted) {
    return given == null && pattern.isEmpty() && reserved.isEmpty() && unlisted.isEmpty()
        ? IdPolicy.ANY
        : new IdPolicy(
            given, patterns("pattern", pattern), patterns("reserved", reserved),
            patterns("unlisted", unlisted));
  }

  private static List<IdPattern> patterns(String key, List<String> texts) {
    List<IdPattern> patterns = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        patterns.add(new IdPattern(texts.get(i)));
      } catch (ConfigurationException wrong) {
        throw wrong.within(key + "." + i);
      }
    }
    return patterns;
  }
}
