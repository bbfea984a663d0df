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
 * The hub of a node that shares a Redis with others: together they are one gateway.
 *
 * <p>What this node knows of its own sessions is in a {@link Roster} that any thread may use: a
 * signal between two sessions of this node does not leave it. Everything else goes to Redis through
 * one {@link Lane}, and what Redis has for this node comes out of one inbox. Lane, inbox and
 * whatever belongs to them live on one event loop, the hub's. No call waits for Redis.
 */
public final class RedisHub implements Hub {

  /**
   * What a node keeps in its memory of what goes to Redis and comes from there, at most, in bytes:
   * commands that wait, records that are cached, what a fail-over may have lost, and one read.
   */
  public static final long MAX_MEMORY =
      LaneLimits.DEFAULT.bytes().bytes() + RedisGroups.MOST_BYTES.bytes()
          + GroupTransactions.CACHE_BYTES + Lane.MEMORY_BYTES + ReadSize.MAX_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(RedisHub.class);
  /** How long a leaving node waits for a Redis that could take what it owes to senders. */
  private static final Duration BEQUEST = Duration.ofSeconds(4);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final int PAGE = 100;
  /** As in the documented defaults. */
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
  /** Whether ids are to be watched for which there was no memory. */
  private boolean unwatched;
  /** Whether everything that this node has is in Redis, or should be. */
  private boolean settled;

  /**
   * A hub that has not started.
   *
   * @param options with a Redis
   * @param mailboxes how much is held for peers that are not there, in the whole cluster
   * @param groupLimits how much there may be of everything in groups, the same on all nodes
   * @param registry takes what is counted
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
   * @param mailboxes how much is held for peers that are not there, in the whole cluster
   * @param groupLimits how much there may be of everything in groups, the same on all nodes
   * @param hold how long an id is held for its token when its connection was lost, the same on all
   *     nodes; zero for not at all
   * @param registry takes what is counted
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

  /** New at each start, so that nothing of an earlier process is taken for ours. */
  private static String newNode() {
    long random = new SecureRandom().nextLong();
    return Long.toUnsignedString(random, Character.MAX_RADIX);
  }

  /**
   * Connects, and takes the node's place in the cluster. Fails if that does not work at once; from
   * then on it does not give up.
   */
  public Future<Void> start() {
    return onLoop(station::start);
  }

  /** What the node is called in Redis; part of its {@link Seat}. */
  String node() {
    return node;
  }

  /** What keeps the node from its cluster, in a few words; empty if nothing does. Any thread. */
  public Optional<String> trouble() {
    return Optional.ofNullable(station.trouble());
  }

  /** What the peers of the cluster do together. Closed before the hub is. */
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
          // What is left in the inbox is given back by others; what was read must not be.
          if (trimmer != null) {
            trimmer.trim();
          }
          rest();
          return errands.bequeath()
              .timeout(BEQUEST.toMillis(), TimeUnit.MILLISECONDS)
              .transform(done -> station.close(FAREWELL))
              .onComplete(
                  done -> {
                    // There may have been another seat meanwhile.
                    rest();
                    reportLeftOver();
                  });
        });
  }

  private void reportLeftOver() {
    if (errands.leftOver() > 0) {
      LOG.warn(
          "{} signals could not be given back before the end: their senders on other nodes are not"
              + " told",
          errands.leftOver());
    }
  }

  /** Ends like a process that is killed: nothing is given up, nobody is told. */
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

  /** Does nothing of its own accord any more. */
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

  /** What happens to the node's seat. The hub's event loop only. */
  private final class Resident implements Station.Tenant {

    @Override
    public void seatBegun(Seat seat, EntryId inbox, boolean mayBeBehind) {
      settled = false;
      counts.seatTaken();
      roster.setShortWay(true);
      groups.seatBegun(seat);
      claims.claimAgain(mayBeBehind);
      // Peers of other nodes may have to be claimed again too before it can be said who is gone.
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
          "node {} has not been heard of for {} s and is taken for dead", burial.seat(),
          options.lease().toSeconds());
      errands.run(burial);
    }
  }
}
