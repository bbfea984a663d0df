package dev.parley.policies.http;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;

final class HttpPolicy implements Policy {

  HttpPolicy(HttpOptions options, PolicyContext context) {}

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    return Future.succeededFuture(Verdict.denied(Denial.UNAVAILABLE));
  }
}
