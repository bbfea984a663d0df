package org.example.guests;

import dev.parley.config.ConfigurationException;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;

/** How Parley finds the policy; named in META-INF/services. */
public final class GuestProvider implements PolicyProvider<GuestOptions> {

  @Override
  public String name() {
    return "guests";
  }

  @Override
  public Class<GuestOptions> optionsType() {
    return GuestOptions.class;
  }

  @Override
  public GuestOptions defaults() {
    return GuestOptions.DEFAULT;
  }

  @Override
  public Policy create(GuestOptions options, PolicyContext context) {
    String file = options.file();
    if (file == null) {
      throw new ConfigurationException("file", "null", "the path of a list of guests");
    }
    return new GuestPolicy(file, options.every(), context);
  }
}
