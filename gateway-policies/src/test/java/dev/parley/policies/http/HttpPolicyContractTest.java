package dev.parley.policies.http;

import dev.parley.config.Secret;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.policies.support.PolicyContract;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import java.time.Duration;
import java.util.List;

class HttpPolicyContractTest extends PolicyContract {

  @Override
  protected Policy create(PolicyContext context) {
    return new HttpPolicyProvider().create(
        new HttpOptions(ServiceUrl.parse("http://127.0.0.1:1/" + SECRET), ServiceTls.DEFAULT,
            new Secret(SECRET), List.of("authorization", "cookie"), Duration.ofSeconds(60), 8, 10,
            3, Duration.ofSeconds(5)),
        context);
  }
}
