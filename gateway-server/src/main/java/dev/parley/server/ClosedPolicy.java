package dev.parley.server;

import dev.parley.access.Gate;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.util.List;

/** Denies every client: the gate of realms that have none while others do. */
enum ClosedPolicy implements Policy {
  INSTANCE;

  static final Gate GATE = new Gate(List.of(new Gate.Entry("closed", INSTANCE)));

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    return Future.succeededFuture(Verdict.denied(Denial.FORBIDDEN));
  }
}
