package dev.parley.policies.keys;

import dev.parley.config.ConfigurationException;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;

/** Makes the policy {@code keys}. */
public final class KeysPolicyProvider implements PolicyProvider<KeysOptions> {

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public Class<KeysOptions> optionsType() {
    return KeysOptions.class;
  }

  @Override
  public KeysOptions defaults() {
    return KeysOptions.DEFAULT;
  }

  @Override
  public Policy create(KeysOptions options, PolicyContext context) {
    if (options.holders().isEmpty()) {
      throw new ConfigurationException(
          "holders", "{}", "at least one name with the hash of its key");
    }
    return new KeysPolicy(options);
  }
}
