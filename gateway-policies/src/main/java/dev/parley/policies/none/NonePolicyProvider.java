package dev.parley.policies.none;

import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;

/** Makes the policy {@code none}. */
public final class NonePolicyProvider implements PolicyProvider<NoneOptions> {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Class<NoneOptions> optionsType() {
    return NoneOptions.class;
  }

  @Override
  public NoneOptions defaults() {
    return NoneOptions.DEFAULT;
  }

  @Override
  public Policy create(NoneOptions options, PolicyContext context) {
    return new NonePolicy(options);
  }
}
