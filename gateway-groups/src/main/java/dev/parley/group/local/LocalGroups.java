package dev.parley.group.local;

import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.GroupRules;
import dev.parley.hub.Groups;
import dev.parley.hub.Recipient;
import dev.parley.hub.local.Deadlines;
import dev.parley.metrics.GroupMetrics;
import dev.parley.signal.PeerAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups of a single node: a {@link LocalRealm} for each realm, and their deadlines. Commands
 * of one realm are serialized; those of different realms are independent.
 */
public final class LocalGroups implements Groups {

  private final GroupRules rules;
  private final GroupMetrics metrics;
  private final ConcurrentHashMap<String, LocalRealm> realms = new ConcurrentHashMap<>();
  private final Deadlines<LocalRealm.Due> deadlines;

  /** Groups without metrics. */
  public LocalGroups(Vertx vertx, GroupLimits limits) {
    this(vertx, limits, new GroupMetrics(new SimpleMeterRegistry()));
  }

  public LocalGroups(Vertx vertx, GroupLimits limits, GroupMetrics metrics) {
    this.rules = new GroupRules(limits);
    this.metrics = metrics;
    this.deadlines = new Deadlines<>(vertx, due -> realm(due.command()).due(due));
  }

  @Override
  public void command(Recipient requester, UserCommand command) {
    realm(command).command(requester, command);
  }

  @Override
  public void depart(Recipient owner, PeerAddress user) {
    Departure departure = new Departure(user);
    realm(departure).depart(owner, departure);
  }

  private LocalRealm realm(GroupCommand command) {
    return realms.computeIfAbsent(command.realm(),
        realm -> new LocalRealm(rules, deadlines, metrics));
  }

  /** The number of records in all realms: users, rooms, and parts of namespaces. */
  public int size() {
    return realms.values().stream().mapToInt(LocalRealm::size).sum();
  }

  /** The number of deadlines. */
  public int deadlines() {
    return deadlines.size();
  }

  @Override
  public Future<Void> close() {
    deadlines.close();
    realms.clear();
    return Future.succeededFuture();
  }
}
