package dev.parley.policies.jwt;

import dev.parley.policies.support.PolicyContract;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import java.util.Map;

class JwtPolicyContractTest extends PolicyContract {

  @Override
  protected Policy create(PolicyContext context) {
    return JwtBench.DEFAULT.secret(SECRET).with(
        options -> options.from = new TokenPlaces(true, true, "token", Map.of(), "token"))
        .create(context);
  }
}
