package dev.parley.group.local;

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
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The groups of a single node: a {@link LocalRealm} for each realm, and their deadlines. Commands
 * of one realm are serialized; those of different realms are independent.
 */
public final class LocalGroups implements Groups {

  /** The slice of large departures, and the pause between two of them. */
  private static final long SLICE_NANOS = Duration.ofMillis(1).toNanos();

  private static final long PAUSE_MILLIS = 1;

  private final Vertx vertx;
  private final GroupRules rules;
  private final GroupMetrics metrics;
  private final ConcurrentHashMap<String, LocalRealm> realms = new ConcurrentHashMap<>();
  private final Deadlines<EmptyRooms.Due> deadlines;

  /** Groups without metrics. */
  public LocalGroups(Vertx vertx, GroupLimits limits) {
    this(vertx, limits, new GroupMetrics(new SimpleMeterRegistry()));
  }

  public LocalGroups(Vertx vertx, GroupLimits limits, GroupMetrics metrics) {
    this.vertx = vertx;
    this.rules = new GroupRules(limits);
    this.metrics = metrics;
    this.deadlines = new Deadlines<>(vertx, due -> realm(due.command().realm()).due(due));
  }

  @Override
  public void command(Recipient requester, UserCommand command) {
    realm(command.realm()).command(requester, command);
  }

  @Override
  public void depart(Recipient owner, PeerAddress user) {
    LocalRealm realm = realm(user.realm());
    if (realm.depart(owner, user)) {
      departLater(realm);
    }
  }

  /** Continues departures for one slice; the thread serves everything else in between. */
  private void departFurther(LocalRealm realm) {
    long end = System.nanoTime() + SLICE_NANOS;
    boolean goesOn = true;
    while (goesOn && System.nanoTime() - end < 0) {
      goesOn = realm.departFurther();
    }
    if (goesOn) {
      departLater(realm);
    }
  }

  private void departLater(LocalRealm realm) {
    var unused = vertx.setTimer(PAUSE_MILLIS, timer -> departFurther(realm));
  }

  private LocalRealm realm(String name) {
    return realms.computeIfAbsent(name, realm -> new LocalRealm(rules, deadlines, metrics));
  }

  /** The number of records in all realms: users, rooms, and parts of namespaces. */
  public int size() {
    return realms.values().stream().mapToInt(LocalRealm::size).sum();
  }

  /** The weight of the records of all realms in bytes. */
  public long bytes() {
    return realms.entrySet().stream().mapToLong(each -> each.getValue().bytes(each.getKey())).sum();
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
