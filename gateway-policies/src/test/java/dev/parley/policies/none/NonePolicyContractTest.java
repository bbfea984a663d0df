package dev.parley.policies.none;

import dev.parley.policies.support.PolicyContract;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;

class NonePolicyContractTest extends PolicyContract {

  @Override
  protected Policy create(PolicyContext context) {
    return new NonePolicyProvider().create(NoneOptions.DEFAULT, context);
  }
}
