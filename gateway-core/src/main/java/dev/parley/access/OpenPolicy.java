package dev.parley.access;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;

/** Admits every client. */
enum OpenPolicy implements Policy {
  INSTANCE;

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    return Future.succeededFuture(new Verdict.Admitted(Identity.ANYONE));
  }
}
