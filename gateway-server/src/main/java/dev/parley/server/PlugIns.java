package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import dev.parley.policy.PolicyProvider;
import java.util.List;

/**
 * What is installed: on the class path, and in the jars of the {@code dialects/} folder.
 *
 * @param dialects providers of dialects
 * @param policies providers of policies
 */
public record PlugIns(List<DialectProvider<?>> dialects, List<PolicyProvider<?>> policies) {
  /** Copies its lists. */
  public PlugIns {
    dialects = List.copyOf(dialects);
    policies = List.copyOf(policies);
  }
}
