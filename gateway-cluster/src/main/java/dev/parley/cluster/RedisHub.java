package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.roster.Watches;
import dev.parley.cluster.script.BuryCommand;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.FindCommand;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.cluster.script.ListCommand;
import dev.parley.cluster.script.LookCommand;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RefreshCommand.Roll;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.cluster.script.Seat;
import dev.parley.cluster.script.UnwatchCommand;
import dev.parley.cluster.script.WatchCommand;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.HubUnavailableException;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.metrics.GroupMetrics;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Claim;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub of a node in a cluster: nodes that share a Redis are one gateway.
 *
 * <p>A thread-safe {@link Roster} has the sessions of this node: a signal between two of them does
 * not leave the node. Everything else goes to Redis through one {@link Lane}, and deliveries from
 * Redis come out of one inbox. Pipeline, inbox, and their helpers are confined to one event loop,
 * the hub's. No call blocks on Redis.
 */
public final class RedisHub implements Hub {

  /**
   * The most bytes of a node's memory for data that goes to Redis and comes from there: queued
   * commands, cached records, the replay window, and one read.
   */
  public static final long MAX_MEMORY =
      LaneLimits.DEFAULT.bytes().bytes() + RedisGroups.MOST_BYTES.bytes()
          + GroupTransactions.CACHE_BYTES + Lane.MEMORY_BYTES + ReadSize.MAX_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(RedisHub.class);
  /** How long a leaving node waits for Redis to take over its refusals. */
  private static final Duration BEQUEST = Duration.ofSeconds(4);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final int PAGE = 100;
  /** The documented default. */
  private static final Duration USUAL_HOLD = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final ClusterOptions options;
  private final String node = newNode();
  private final RedisPlace place;
  private final RedisMaster master;
  private final RedisKeys keys;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final SetAside setAside;
  private final Roster roster = new Roster();
  private final Watches watches = new Watches();
  private final Station station;
  private final Lane lane;
  private final Claims claims;
  private final LongWay longWay;
  private final Errands errands;
  private final RedisGroups groups;
  private final MailExpiry expiry;
  private final GraveCleaner cleaner;
  private final Verifier verifier;

  private @Nullable InboxReader reader;
  private @Nullable InboxTrimmer trimmer;
  private long rewatching = -1;
  /** Whether watches are missing that Redis had no memory for. */
  private boolean unwatched;
  /** Whether everything of this node is, or should be, in Redis. */
  private boolean settled;

  /**
   * A hub that has not started.
   *
   * @param options with a Redis
   * @param mailboxes bounds of mail for absent peers, in the whole cluster
   * @param groupLimits limits of groups, the same on all nodes
   * @param registry receives the metrics
   */
  public RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      MeterRegistry registry) {
    this(vertx, options, mailboxes, groupLimits, USUAL_HOLD, registry);
  }

  /**
   * A hub that has not started.
   *
   * @param options with a Redis
   * @param mailboxes bounds of mail for absent peers, in the whole cluster
   * @param groupLimits limits of groups, the same on all nodes
   * @param hold how long an id is held for its token after its connection was lost, the same on all
   *     nodes; zero for not at all
   * @param registry receives the metrics
   */
  public RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      Duration hold, MeterRegistry registry) {
    this(
        vertx, options, mailboxes, groupLimits, hold, registry, LaneLimits.DEFAULT,
        InboxLimits.DEFAULT);
  }

  RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      MeterRegistry registry, LaneLimits laneLimits, InboxLimits inboxLimits) {
    this(
        vertx, options, mailboxes, groupLimits, USUAL_HOLD, registry, laneLimits, inboxLimits);
  }

  private RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      Duration hold, MeterRegistry registry, LaneLimits laneLimits, InboxLimits inboxLimits) {
    ServiceUrl redis = Objects.requireNonNull(options.redis(), "a cluster needs a Redis");
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    this.metrics = new SignalMetrics(registry);
    this.counts = new ClusterMetrics(registry);
    String where = "cluster '" + options.prefix() + "' at " + redis;
    this.setAside = new SetAside(where, counts);
    RedisPace pace = options.pace();
    this.place = new RedisPlace(redis, options.tls(), "cluster");
    this.keys = new RedisKeys(options.prefix());
    this.master =
        new RedisMaster(
            new RedisConnector(vertx, place, pace.patience()), redis,
            Slots.of(keys.hashTag()));
    this.station =
        new Station(
            vertx,
            context,
            node,
            new Station.Equipment(
                where, place, master, keys,
                ClusterScripts.of(
                    keys, mailboxes, inboxLimits, hold, options.lease().dividedBy(4)),
                laneLimits, pace,
                options.lease(), options.refresh()),
            roster,
            new Resident());
    this.lane = station.lane();
    this.errands = new Errands(lane, roster);
    this.expiry = new MailExpiry(vertx, lane, roster, metrics);
    this.claims = new Claims(lane, roster, counts);
    this.longWay =
        new LongWay(
            node, lane, roster, expiry, metrics, counts, station::isConnected);
    this.groups =
        new RedisGroups(
            vertx, context, lane, roster, groupLimits, counts, setAside,
            new GroupMetrics(registry));
    this.cleaner = new GraveCleaner(lane, roster, groups, metrics);
    this.verifier = new Verifier(where, lane, roster, watches, groups::users, counts);
    counts.observe(station::isConnected, station::isOutOfMemory, lane, roster::size);
  }

  /** New at each start, so that no state of an earlier process is taken for that of this one. */
  private static String newNode() {
    long random = new SecureRandom().nextLong();
    return Long.toUnsignedString(random, Character.MAX_RADIX);
  }

  /**
   * Connects and joins the cluster. Fails if the first attempt fails; afterwards the node retries
   * for ever.
   */
  public Future<Void> start() {
    return onLoop(station::start);
  }

  /** The name of this node in Redis; part of its {@link Seat}. */
  String node() {
    return node;
  }

  /**
   * Why the node is disconnected from its cluster, in a few words; empty if it is connected.
   * Thread-safe.
   */
  public Optional<String> trouble() {
    return Optional.ofNullable(station.trouble());
  }

  /** The groups of the cluster. Closed before the hub. */
  public Groups groups() {
    return groups;
  }

  // ---- the hub

  @Override
  public void claim(Recipient claimant, Claim claim) {
    claims.claim(claimant, claim);
  }

  @Override
  public void release(Recipient owner, PeerAddress address) {
    roster.release(
        owner,
        address,
        registration -> errands.run(new ReleaseCommand(address, registration.number())));
  }

  @Override
  public void lose(Recipient owner, PeerAddress address) {
    roster.release(
        owner,
        address,
        registration -> errands.run(new ReleaseCommand(address, registration.number(), true)));
  }

  @Override
  public void send(Recipient sender, Signal signal, Duration hold) {
    if (!roster.deliver(signal.to(), signal)) {
      roster.send(
          signal,
          (detour, generation) -> longWay.send(sender, signal, hold, detour, generation));
    }
  }

  @Override
  public void refuse(Signal signal, Cause cause) {
    errands.giveBack(signal, cause);
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    if (roster.hasOpen(address)) {
      return Future.succeededFuture(true);
    }
    return ask(new FindCommand(address));
  }

  @Override
  public Future<Optional<Peer>> look(PeerAddress address) {
    return ask(new LookCommand(address));
  }

  @Override
  public Future<List<Peer>> list(String realm) {
    return list(realm, ListCommand.BEGINNING, new ArrayList<>());
  }

  private Future<List<Peer>> list(String realm, String after, List<Peer> found) {
    return ask(new ListCommand(realm, after, PAGE))
        .compose(
            page -> {
              found.addAll(page.peers());
              return page.after().isEmpty()
                  ? Future.succeededFuture(List.copyOf(found))
                  : list(realm, page.after().get(), found);
            });
  }

  private <R> Future<R> ask(Command<R> command) {
    Promise<R> answer = Promise.promise();
    Order<R> order =
        new Order<>(
            command,
            roster.generation(),
            new Order.Answer<>() {
              @Override
              public void done(R result) {
                answer.complete(result);
              }

              @Override
              public void failed() {
                answer.fail(new HubUnavailableException("the cluster cannot be reached"));
              }
            });
    if (!lane.offer(order)) {
      answer.fail(
          new HubUnavailableException("the cluster cannot be reached, or has too much to do"));
    }
    return answer.future();
  }

  @Override
  public void watch(Recipient watcher, PeerAddress watched) {
    watches.watch(watcher, watched, number -> lane.insist(watchOrder(watched, number)));
  }

  private Order<?> watchOrder(PeerAddress watched, long number) {
    return new Order<>(
        new WatchCommand(watched, number),
        roster.generation(),
        new Order.Answer<>() {
          @Override
          public void done(Boolean done) {
            if (!done) {
              counts.refusedForMemory("watch");
              unwatched = true;
            }
          }

          @Override
          public void failed() {}
        });
  }

  @Override
  public void unwatch(Recipient watcher, PeerAddress watched) {
    watches.unwatch(watcher, watched, () -> errands.run(new UnwatchCommand(watched)));
  }

  @Override
  public Future<Void> close() {
    return onLoop(
        () -> {
          // Unread entries are refused by other nodes; entries already read must not be.
          if (trimmer != null) {
            trimmer.trim();
          }
          rest();
          return errands.bequeath()
              .timeout(BEQUEST.toMillis(), TimeUnit.MILLISECONDS)
              .transform(done -> station.close(FAREWELL))
              .onComplete(
                  done -> {
                    // A rejoin may have begun another epoch meanwhile.
                    rest();
                    reportLeftOver();
                  });
        });
  }

  private void reportLeftOver() {
    if (errands.leftOver() > 0) {
      LOG.warn(
          "{} signals could not be refused before the shutdown, and their senders on other nodes"
              + " get no notice",
          errands.leftOver());
    }
  }

  /** Ends like a process that is killed: releases nothing and notifies no peer. */
  Future<Void> kill() {
    return onLoop(
        () -> {
          station.abandon();
          rest();
          return Future.succeededFuture();
        });
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(run -> task.get().onComplete(done));
    return done.future();
  }

  /** Stops everything that runs by itself. */
  private void rest() {
    stopReading();
    expiry.stop();
    vertx.cancelTimer(rewatching);
  }

  private void stopReading() {
    if (reader != null) {
      reader.stop();
      reader = null;
    }
    if (trimmer != null) {
      lane.carryNobody();
      trimmer.stop();
      trimmer = null;
    }
  }

  /** Listener of the node's membership. Confined to the hub's event loop. */
  private final class Resident implements Station.Tenant {

    @Override
    public void seatBegun(Seat seat, EntryId inbox, boolean mayBeBehind) {
      settled = false;
      counts.seatTaken();
      roster.setShortWay(true);
      groups.seatBegun(seat);
      claims.claimAgain(mayBeBehind);
      // Peers of other nodes may have to be claimed again before a departure can be reported.
      rewatching = vertx.setTimer(options.lease().toMillis() / 2, id -> watchAgain());
      InboxTrimmer newTrimmer = new InboxTrimmer(vertx, lane, roster.generation());
      trimmer = newTrimmer;
      lane.carry(newTrimmer);
      InboxClerk clerk =
          new InboxClerk(
              roster, watches, claims, groups, errands, metrics, newTrimmer,
              new Detour(node, roster.generation()), setAside);
      reader =
          new InboxReader(
              vertx, master, options.pace(), keys.inbox(seat), inbox, clerk, station, place);
      reader.start();
      expiry.within(0);
    }

    @Override
    public void reported(CallReport report) {
      report.setAside().forEach(setAside::byScript);
    }

    @Override
    public void memoryIsBack() {
      if (unwatched) {
        watchAgain();
      }
    }

    private void watchAgain() {
      unwatched = false;
      settled = true;
      watches.watched().forEach(peer -> lane.insist(watchOrder(peer, Watches.ALL)));
    }

    @Override
    public void seatEnded() {
      stopReading();
      vertx.cancelTimer(rewatching);
      groups.seatEnded();
    }

    @Override
    public void cutOff() {
      if (options.cutOff() == CutOff.STOP) {
        roster.setShortWay(false);
        roster.revokeAll();
      }
    }

    @Override
    public void refreshed(Roll roll) {
      cleaner.clean(roll.graves());
      errands.tryAgain();
      if (settled && !unwatched) {
        verifier.verify();
      }
    }

    @Override
    public void neighbourDied(BuryCommand burial) {
      counts.neighbourBuried();
      LOG.warn(
          "node {} has not been heard of for {} s and is evicted", burial.seat(),
          options.lease().toSeconds());
      errands.run(burial);
    }
  }
}
