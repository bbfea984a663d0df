package dev.parley.policies.none;

import dev.parley.dialect.Handshake;
import dev.parley.identity.IdGrant;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Admits every client, as a client of which nothing is known. */
final class NonePolicy implements Policy {

  private final Verdict verdict;

  NonePolicy(NoneOptions options) {
    verdict = new Verdict.Admitted(identity(options));
  }

  private static Identity identity(NoneOptions options) {
    if (options.equals(NoneOptions.DEFAULT)) {
      return Identity.ANYONE;
    }
    var ids = new IdGrant(Set.of(), options.patterns());
    return new Identity(null, Set.of(), ids, null, Map.of());
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    return Future.succeededFuture(verdict);
  }

  @Override
  public String toString() {
    return "none";
  }
}
