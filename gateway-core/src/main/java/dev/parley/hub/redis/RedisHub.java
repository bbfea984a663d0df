package dev.parley.hub.redis;

import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.hub.HubUnavailableException;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.hub.redis.roster.PendingClaim;
import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.roster.Watches;
import dev.parley.hub.redis.script.BuryCommand;
import dev.parley.hub.redis.script.ClaimCommand;
import dev.parley.hub.redis.script.ClusterScripts;
import dev.parley.hub.redis.script.Command;
import dev.parley.hub.redis.script.EntryId;
import dev.parley.hub.redis.script.Envelope;
import dev.parley.hub.redis.script.FindCommand;
import dev.parley.hub.redis.script.InboxLimits;
import dev.parley.hub.redis.script.ListCommand;
import dev.parley.hub.redis.script.LookCommand;
import dev.parley.hub.redis.script.RedisKeys;
import dev.parley.hub.redis.script.RefreshCommand.Roll;
import dev.parley.hub.redis.script.ReleaseCommand;
import dev.parley.hub.redis.script.Seat;
import dev.parley.hub.redis.script.SendCommand;
import dev.parley.hub.redis.script.UnwatchCommand;
import dev.parley.hub.redis.script.WatchCommand;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
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

  private static final Logger LOG = LoggerFactory.getLogger(RedisHub.class);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int PAGE = 100;

  private final Vertx vertx;
  private final Context context;
  private final ClusterOptions options;
  private final String node = newNode();
  private final RedisMaster master;
  private final RedisKeys keys;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final Roster roster = new Roster();
  private final Watches watches = new Watches();
  private final Station station;
  private final Lane lane;
  private final Errands errands;
  private final RedisGroups groups;
  private final MailExpiry expiry;
  private final GraveCleaner cleaner;

  /**
   * Sessions that lost their ids while the node was away, until they are gone. What they sent before
   * they heard of it is not sent in the name of whoever has the id now. The hub's event loop only.
   */
  private final Set<Recipient> dispossessed = Collections.newSetFromMap(new WeakHashMap<>());

  private @Nullable InboxReader reader;
  private @Nullable InboxTrimmer trimmer;
  private long rewatching = -1;

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
    this(
        vertx, options, mailboxes, groupLimits, registry, LaneLimits.DEFAULT,
        InboxLimits.DEFAULT, null);
  }

  RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      MeterRegistry registry, LaneLimits laneLimits, InboxLimits inboxLimits,
      @Nullable TrustOptions trusted) {
    ServiceUrl redis = Objects.requireNonNull(options.redis(), "a cluster needs a Redis");
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    this.metrics = new SignalMetrics(registry);
    this.counts = new ClusterMetrics(registry);
    RedisPace pace = options.pace();
    this.keys = new RedisKeys(options.prefix());
    this.master =
        new RedisMaster(
            new RedisConnector(vertx, redis, pace.patience(), trusted), redis,
            Slots.of(keys.hashTag()));
    this.station =
        new Station(
            vertx,
            context,
            node,
            new Station.Equipment(
                "cluster '" + options.prefix() + "' at " + redis, master, keys,
                ClusterScripts.of(
                    keys, mailboxes, inboxLimits, options.lease().dividedBy(4)),
                laneLimits, pace,
                options.lease(), options.refresh()),
            roster,
            new Resident());
    this.lane = station.lane();
    this.errands = new Errands(lane, roster);
    this.expiry = new MailExpiry(vertx, lane, roster, metrics);
    this.groups = new RedisGroups(vertx, context, lane, roster, errands, groupLimits, counts);
    this.cleaner = new GraveCleaner(lane, roster, groups, metrics);
    counts.observe(() -> trouble().isEmpty(), lane, roster::size);
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
    roster.claim(
        claimant,
        claim,
        pending -> lane.offer(
            claimOrder(
                pending,
                claim.mayTakeFree() ? ClaimCommand.Way.ANY : ClaimCommand.Way.TAKE_OVER_ONLY)));
  }

  private Order<ClaimCommand.Verdict> claimOrder(PendingClaim pending, ClaimCommand.Way way) {
    PeerAddress address = pending.registration().address();
    ClaimCommand command =
        new ClaimCommand(
            address, pending.registration().number(), way,
            pending.registration().recipient().dialect(), pending.token());
    return new Order<>(
        command,
        pending.generation(),
        new Order.Answer<>() {
          @Override
          public void done(ClaimCommand.Verdict verdict) {
            switch (verdict) {
              case GRANTED -> roster.confirmed(pending);
              case TAKEN -> {
                if (pending.isAgain()) {
                  dispossessed.add(pending.registration().recipient());
                }
                roster.denied(pending, new ClaimOutcome.Taken(address));
              }
              case NOT_OWNED -> roster.denied(pending, new ClaimOutcome.NotOwned(address));
            }
          }

          @Override
          public void failed() {
            roster.unanswered(pending);
          }
        });
  }

  @Override
  public void release(Recipient owner, PeerAddress address) {
    roster.release(
        owner,
        address,
        registration -> errands.run(new ReleaseCommand(address, registration.number())));
  }

  @Override
  public void send(Recipient sender, Signal signal, Duration hold) {
    if (!roster.deliver(signal.to(), signal)) {
      roster.send(
          signal, (detour, generation) -> sendAway(sender, signal, hold, detour, generation));
    }
  }

  private boolean sendAway(
      Recipient sender, Signal signal, Duration hold, boolean detour, int generation) {
    String mark = detour ? new Detour(node, generation).mark() : "";
    long holdMillis = hold.isZero() ? 0 : Math.max(1, hold.toMillis());
    SendCommand command =
        new SendCommand(
            signal.to(), holdMillis, signal.weight(), Envelope.seal(signal, mark));
    Order.Answer<SendCommand.Fate> answer =
        new Order.Answer<>() {
          private boolean refused;

          @Override
          public void done(SendCommand.Fate fate) {
            refused = fate == SendCommand.Fate.ABSENT || fate == SendCommand.Fate.FULL;
            switch (fate) {
              case AWAY, BACK -> {}
              case HELD -> expiry.within(holdMillis);
              case ABSENT -> undelivered(sender, signal, Cause.ABSENT);
              case FULL -> undelivered(sender, signal, Cause.FULL);
            }
            if (detour) {
              switch (fate) {
                // Ends when it comes out of this node's inbox.
                case BACK -> {}
                case FULL -> roster.detourEnded(signal.to(), generation);
                case AWAY, HELD, ABSENT ->
                    roster.detourEndedElsewhere(signal.to(), generation);
              }
            }
          }

          @Override
          public void failed() {
            undelivered(sender, signal, Cause.UNAVAILABLE);
            if (detour) {
              roster.detourEnded(signal.to(), generation);
            }
          }

          @Override
          public boolean isWanted() {
            return !dispossessed.contains(sender);
          }

          @Override
          public boolean wouldBeMissed() {
            return !refused;
          }

          @Override
          public void forgotten() {
            undelivered(sender, signal, Cause.UNAVAILABLE);
          }
        };
    boolean taken = lane.offer(new Order<>(command, generation, answer));
    if (!taken) {
      undelivered(
          sender, signal, trouble().isEmpty() && lane.isOpen() ? Cause.FULL : Cause.UNAVAILABLE);
    }
    return taken;
  }

  private void undelivered(Recipient sender, Signal signal, Cause cause) {
    metrics.undelivered(signal, cause);
    sender.deliver(Undelivered.of(signal, cause));
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
    return Order.silently(new WatchCommand(watched, number), roster.generation());
  }

  @Override
  public void unwatch(Recipient watcher, PeerAddress watched) {
    watches.unwatch(watcher, watched, () -> errands.run(new UnwatchCommand(watched)));
  }

  @Override
  public Future<Void> close() {
    return onLoop(
        () -> {
          if (trimmer != null) {
            trimmer.hasten();
          }
          return station
              .close(FAREWELL)
              .onComplete(
                  done -> {
                    stopReading();
                    expiry.stop();
                    vertx.cancelTimer(rewatching);
                  });
        });
  }

  /** Ends like a process that is killed: nothing is given up, nobody is told. */
  Future<Void> kill() {
    return onLoop(
        () -> {
          station.abandon();
          stopReading();
          expiry.stop();
          vertx.cancelTimer(rewatching);
          return Future.succeededFuture();
        });
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(run -> task.get().onComplete(done));
    return done.future();
  }

  private void stopReading() {
    if (reader != null) {
      reader.stop();
      reader = null;
    }
    if (trimmer != null) {
      trimmer.stop();
      trimmer = null;
    }
  }

  /** What happens to the node's seat. The hub's event loop only. */
  private final class Resident implements Station.Tenant {

    @Override
    public void seatBegun(Seat seat, EntryId inbox) {
      counts.seatTaken();
      roster.setShortWay(true);
      groups.seatBegun(seat);
      roster.claimAgain(
          pending -> {
            lane.urge(claimOrder(pending, ClaimCommand.Way.KEEP));
            return true;
          });
      // Peers of other nodes may have to be claimed again too before it can be said who is gone.
      rewatching = vertx.setTimer(options.lease().toMillis() / 2, id -> watchAgain());
      InboxTrimmer newTrimmer = new InboxTrimmer(vertx, errands);
      trimmer = newTrimmer;
      InboxClerk clerk =
          new InboxClerk(
              roster, watches, groups, errands, metrics, newTrimmer,
              new Detour(node, roster.generation()));
      reader =
          new InboxReader(vertx, master, options.pace(), keys.inbox(seat), inbox, clerk);
      reader.start();
      expiry.within(0);
    }

    private void watchAgain() {
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
