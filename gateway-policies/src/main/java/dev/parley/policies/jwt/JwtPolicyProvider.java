package dev.parley.policies.jwt;

import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;

/** Makes the policy {@code jwt}. */
public final class JwtPolicyProvider implements PolicyProvider<JwtOptions> {

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public Class<JwtOptions> optionsType() {
    return JwtOptions.class;
  }

  @Override
  public JwtOptions defaults() {
    return JwtOptions.DEFAULT;
  }

  @Override
  public Policy create(JwtOptions options, PolicyContext context) {
    return new JwtPolicy(options, context);
  }
}
