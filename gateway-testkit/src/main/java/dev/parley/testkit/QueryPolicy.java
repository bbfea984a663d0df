package dev.parley.testkit;

import dev.parley.access.Bans;
import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.access.IdPolicies;
import dev.parley.access.IdPolicy;
import dev.parley.dialect.Handshake;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policy.GroupTarget;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that believes what a client says of itself: {@code as} is its subject, {@code ids} a
 * pattern of the ids that it may own (by default its subject alone), and {@code for} how many
 * milliseconds it may stay. Peers with {@code hidden} in their ids may not be sent to, and groups
 * with {@code secret} in their names are for subjects with {@code admin} in theirs.
 */
public final class QueryPolicy implements Policy {

  private QueryPolicy() {}

  /** Gates with this policy for all realms. */
  public static Gates gates() {
    return gates(IdPolicy.ANY);
  }

  /** Gates with this policy, and an id policy, for all realms. */
  public static Gates gates(IdPolicy ids) {
    return new Gates(
        new Gates.Table(
            Map.of(), new Gate(List.of(new Gate.Entry("query", new QueryPolicy())))),
        new IdPolicies(new IdPolicies.Table(Map.of(), ids)), Bans.NONE, InstantSource.system());
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    Optional<String> subject = handshake.parameter("as");
    IdGrant ids =
        handshake.parameter("ids")
            .map(pattern -> new IdGrant(Set.of(), List.of(new IdPattern(pattern))))
            .or(() -> subject.map(IdGrant::only))
            .orElse(IdGrant.ANY);
    Instant expiry =
        handshake.parameter("for")
            .map(millis -> Instant.now().plus(Duration.ofMillis(Long.parseLong(millis))))
            .orElse(null);
    return Future.succeededFuture(
        new Verdict.Admitted(
            new Identity(subject.orElse(null), Set.of(), ids, expiry, Map.of())));
  }

  @Override
  public boolean maySend(Identity identity, PeerAddress from, PeerAddress to) {
    return !to.id().contains("hidden");
  }

  @Override
  public boolean mayJoin(Identity identity, GroupTarget group) {
    String subject = identity.subject();
    return !group.name().contains("secret") || (subject != null && subject.contains("admin"));
  }
}
