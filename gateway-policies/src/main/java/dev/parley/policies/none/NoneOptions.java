package dev.parley.policies.none;

import dev.parley.identity.IdPattern;
import java.util.List;

/**
 * What can be configured below {@code gate.N.none}.
 *
 * @param patterns patterns of the ids that a client may own; every id by default. Behind a policy
 *     that admits users, one that keeps guests from the ids of users
 */
public record NoneOptions(List<IdPattern> patterns) {

  /** Every id. */
  public static final NoneOptions DEFAULT = new NoneOptions(List.of(new IdPattern("*")));

  public NoneOptions {
    patterns = List.copyOf(patterns);
  }
}
