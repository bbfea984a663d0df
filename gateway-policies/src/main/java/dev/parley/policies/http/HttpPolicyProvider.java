package dev.parley.policies.http;

import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;

/** Makes the policy {@code http}. */
public final class HttpPolicyProvider implements PolicyProvider<HttpOptions> {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Class<HttpOptions> optionsType() {
    return HttpOptions.class;
  }

  @Override
  public HttpOptions defaults() {
    return HttpOptions.DEFAULT;
  }

  @Override
  public Policy create(HttpOptions options, PolicyContext context) {
    return new HttpPolicy(options, context);
  }
}
