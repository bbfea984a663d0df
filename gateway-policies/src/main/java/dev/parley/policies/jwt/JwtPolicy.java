package dev.parley.policies.jwt;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;

final class JwtPolicy implements Policy {

  JwtPolicy(JwtOptions options, PolicyContext context) {}

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    return Future.succeededFuture(Verdict.denied(Denial.UNAVAILABLE));
  }
}
