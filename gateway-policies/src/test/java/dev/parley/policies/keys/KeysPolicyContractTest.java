package dev.parley.policies.keys;

import dev.parley.policies.support.PolicyContract;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import java.util.List;
import java.util.Map;

class KeysPolicyContractTest extends PolicyContract {

  @Override
  protected Policy create(PolicyContext context) {
    return new KeysPolicyProvider().create(
        new KeysOptions(
            Map.of("backend",
                new KeyHolder(KeyHash.of(SECRET), List.of(), List.of(), List.of(), null)),
            true, "token"),
        context);
  }
}
