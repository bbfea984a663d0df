package dev.parley.server.config;

import dev.parley.dialect.DialectProvider;
import dev.parley.policy.PolicyProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The dialects and policies of the shipped files and the documentation: those of the class path. */
final class ShippedPlugIns {
  private ShippedPlugIns() {}

  static ConfigurationLoader loader() {
    List<DialectProvider<?>> dialects = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(dialects::add);
    List<PolicyProvider<?>> policies = new ArrayList<>();
    ServiceLoader.load(PolicyProvider.class).forEach(policies::add);
    return new ConfigurationLoader(dialects, policies);
  }
}
