package dev.parley.cluster;

import dev.parley.access.BanStore;
import dev.parley.cluster.groups.GroupTransactions;
import dev.parley.cluster.groups.RedisGroups;
import dev.parley.cluster.inbox.InboxReader;
import dev.parley.cluster.inbox.InboxTrimmer;
import dev.parley.cluster.inbox.ReadSize;
import dev.parley.cluster.membership.ClusterMembership;
import dev.parley.cluster.membership.PartitionPolicy;
import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.pipeline.RedisAccess;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.MasterLocator;
import dev.parley.cluster.redis.RedisConnector;
import dev.parley.cluster.redis.RedisEndpoint;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.cluster.redis.Slots;
import dev.parley.cluster.registry.EpochCounter;
import dev.parley.cluster.registry.InFlightMark;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.StaleOwners;
import dev.parley.cluster.registry.Watches;
import dev.parley.cluster.routing.Claims;
import dev.parley.cluster.routing.MailExpiry;
import dev.parley.cluster.routing.RefusalOutbox;
import dev.parley.cluster.routing.RemoteSender;
import dev.parley.cluster.routing.Verifier;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.FindCommand;
import dev.parley.cluster.script.ListCommand;
import dev.parley.cluster.script.LookCommand;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RefreshCommand.MembershipSnapshot;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.cluster.script.UnwatchCommand;
import dev.parley.cluster.script.WatchCommand;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
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
 * <p>A thread-safe {@link LocalRegistry} has the sessions of this node: a signal between two of
 * them does not leave the node. Everything else goes to Redis through one {@link CommandPipeline},
 * and deliveries from Redis come out of one inbox. Pipeline, inbox, and their helpers are confined
 * to one event loop, the hub's. No call blocks on Redis.
 */
public final class RedisHub implements Hub {

  /**
   * The most bytes of a node's memory for data that goes to Redis and comes from there: queued
   * commands, cached records, the replay window, and one read.
   */
  public static final long MAX_MEMORY =
      PipelineLimits.DEFAULT.bytes().bytes() + RedisGroups.MAX_BYTES.bytes()
          + GroupTransactions.CACHE_BYTES + CommandPipeline.MEMORY_BYTES + ReadSize.MAX_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(RedisHub.class);
  /** How long a leaving node waits for Redis to take over its refusals. */
  private static final Duration HAND_OVER_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
  private static final int PAGE = 100;
  private final ClusterOptions options;
  private final String node = newNode();
  private final LoopContext loop;
  private final RedisAccess access;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final SetAside setAside;
  private final Watches watches = new Watches();
  private final CommandPipeline pipeline;
  private final ClusterMembership membership;
  private final MailExpiry expiry;
  private final LocalRegistry localRegistry;
  private final RefusalOutbox outbox;
  private final Claims claims;
  private final RedisGroups groups;
  private final InboxDispatcher.Targets inboxTargets;
  private final EpochReaper reaper;
  private final Verifier verifier;
  private final RedisBanStore bans;

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
    this(
        vertx, options, HubLimits.of(mailboxes, groupLimits, HubLimits.DEFAULT_HOLD), registry);
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
    this(vertx, options, HubLimits.of(mailboxes, groupLimits, hold), registry);
  }

  RedisHub(Vertx vertx, ClusterOptions options, HubLimits limits, MeterRegistry registry) {
    this.options = options;
    this.metrics = new SignalMetrics(registry);
    this.counts = new ClusterMetrics(registry);
    this.loop = new LoopContext(vertx);
    this.access = access(loop, options);
    this.setAside = new SetAside(loop, access.where(), counts);
    EpochCounter epochs = new EpochCounter();
    ClusterScripts scripts =
        ClusterScripts.of(
            access.keys(), limits.mailboxes(), limits.inbox(), limits.hold(),
            options.lease().dividedBy(4));
    this.pipeline =
        new CommandPipeline(loop, limits.pipeline(), access.keys(), scripts.pipeline(), epochs);
    this.membership =
        new ClusterMembership(
            node,
            new ClusterMembership.MembershipOptions(
                access, scripts, options.lease(), options.refresh()),
            pipeline);
    this.expiry = new MailExpiry(pipeline, metrics);
    StaleOwners stale = new StaleOwners();
    RemoteSender remoteSender =
        new RemoteSender(pipeline, stale, expiry, metrics, counts, membership::isConnected);
    this.localRegistry = new LocalRegistry(node, epochs, stale, remoteSender);
    this.outbox = new RefusalOutbox(pipeline, localRegistry);
    this.claims = new Claims(pipeline, localRegistry, counts);
    this.groups =
        new RedisGroups(
            pipeline, localRegistry, limits.groups(), counts, setAside,
            new GroupMetrics(registry));
    this.inboxTargets =
        new InboxDispatcher.Targets(localRegistry, watches, claims, groups, outbox, metrics);
    this.reaper = new EpochReaper(pipeline, groups, metrics, counts, options.lease());
    this.verifier =
        new Verifier(access.where(), pipeline, localRegistry, watches, groups::users, counts);
    this.bans = new RedisBanStore(loop, pipeline);
    counts.observe(membership::isConnected, membership::isOutOfMemory, pipeline,
        localRegistry::size);
  }

  private static RedisAccess access(LoopContext loop, ClusterOptions options) {
    ServiceUrl redis = Objects.requireNonNull(options.redis(), "a cluster needs a Redis");
    RedisEndpoint endpoint = new RedisEndpoint(redis, options.tls(), "cluster");
    RedisKeys keys = new RedisKeys(options.prefix());
    RetryPolicy pace = options.pace();
    MasterLocator master =
        new MasterLocator(
            loop, new RedisConnector(loop, endpoint, pace.patience()), redis,
            Slots.of(keys.hashTag()));
    return new RedisAccess(
        "cluster '" + options.prefix() + "' at " + redis, endpoint, master, keys, pace);
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
    return onLoop(() -> membership.start(new Membership()));
  }

  /** The name of this node in Redis; part of its {@link NodeEpoch}. */
  String node() {
    return node;
  }

  /**
   * Why the node is disconnected from its cluster, in a few words; empty if it is connected.
   * Thread-safe.
   */
  public Optional<String> trouble() {
    return Optional.ofNullable(membership.trouble());
  }

  /** The groups of the cluster. Closed before the hub. */
  public Groups groups() {
    return groups;
  }

  /** The bans of the cluster. */
  public BanStore bans() {
    return bans;
  }

  // ---- the hub

  @Override
  public void claim(Recipient claimant, Claim claim) {
    claims.claim(claimant, claim);
  }

  @Override
  public void release(Recipient owner, PeerAddress address) {
    localRegistry.release(
        owner,
        address,
        registration -> outbox.run(new ReleaseCommand(address, registration.number())));
  }

  @Override
  public void lose(Recipient owner, PeerAddress address) {
    localRegistry.release(
        owner,
        address,
        registration -> outbox.run(new ReleaseCommand(address, registration.number(), true)));
  }

  @Override
  public void send(Recipient sender, Signal signal, Duration hold) {
    localRegistry.send(sender, signal, hold);
  }

  @Override
  public void refuse(Signal signal, Cause cause) {
    outbox.refuse(signal, cause);
  }

  @Override
  public Future<Boolean> find(PeerAddress address) {
    if (localRegistry.hasOpen(address)) {
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
    return pipeline.call(command, Bound.LIMITED);
  }

  @Override
  public void watch(Recipient watcher, PeerAddress watched) {
    watches.watch(watcher, watched, number -> submitWatch(watched, number));
  }

  private void submitWatch(PeerAddress watched, long number) {
    PendingCommand.Answer<Boolean> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(Boolean done) {
            if (!done) {
              counts.refusedForMemory("watch");
              unwatched = true;
            }
          }

          @Override
          public void failed() {}
        };
    pipeline.submit(new WatchCommand(watched, number), answer, Bound.UNLIMITED);
  }

  @Override
  public void unwatch(Recipient watcher, PeerAddress watched) {
    watches.unwatch(watcher, watched, () -> outbox.run(new UnwatchCommand(watched)));
  }

  @Override
  public Future<Void> close() {
    return onLoop(
        () -> {
          // Unread entries are refused by other nodes; entries already read must not be.
          if (trimmer != null) {
            trimmer.trim();
          }
          stopAll();
          return outbox.handOver()
              .timeout(HAND_OVER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .transform(done -> membership.close(CLOSE_TIMEOUT))
              .onComplete(
                  done -> {
                    // A rejoin may have begun another epoch meanwhile.
                    stopAll();
                    reportUnsent();
                  });
        });
  }

  private void reportUnsent() {
    if (outbox.unsent() > 0) {
      LOG.warn(
          "{} signals could not be refused before the shutdown, and their senders on other nodes"
              + " get no notice",
          outbox.unsent());
    }
  }

  /** Ends like a process that is killed: releases nothing and notifies no peer. */
  Future<Void> kill() {
    return onLoop(
        () -> {
          membership.abandon();
          stopAll();
          return Future.succeededFuture();
        });
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    loop.run(() -> task.get().onComplete(done));
    return done.future();
  }

  /** Stops everything that runs by itself. */
  private void stopAll() {
    assert loop.isCurrent();
    stopReading();
    expiry.stop();
    bans.stop();
    loop.vertx().cancelTimer(rewatching);
  }

  private void stopReading() {
    if (reader != null) {
      reader.stop();
      reader = null;
    }
    if (trimmer != null) {
      pipeline.clearPiggybackSource();
      trimmer.stop();
      trimmer = null;
    }
  }

  /** Listener of the node's membership. Confined to the hub's event loop. */
  private final class Membership implements ClusterMembership.MembershipListener {

    @Override
    public void epochBegun(NodeEpoch nodeEpoch, EntryId inbox, boolean mayBeBehind) {
      assert loop.isCurrent();
      settled = false;
      counts.epochBegun();
      localRegistry.setLocalDelivery(true);
      groups.epochBegun(nodeEpoch);
      claims.claimAgain(mayBeBehind);
      // Peers of other nodes may have to be claimed again before a departure can be reported.
      rewatching = loop.vertx().setTimer(options.lease().toMillis() / 2, id -> watchAgain());
      InFlightMark mark = localRegistry.mark();
      InboxTrimmer newTrimmer = new InboxTrimmer(pipeline, mark.epoch());
      trimmer = newTrimmer;
      pipeline.setPiggybackSource(newTrimmer);
      InboxDispatcher dispatcher =
          new InboxDispatcher(loop, inboxTargets, setAside, newTrimmer, mark);
      reader =
          new InboxReader(
              loop, access, access.keys().inbox(nodeEpoch), inbox, dispatcher, membership);
      reader.start();
      bans.epochBegun();
      expiry.within(0);
    }

    @Override
    public void reported(CallReport report) {
      assert loop.isCurrent();
      report.setAside().forEach(setAside::byScript);
    }

    @Override
    public void memoryIsBack() {
      assert loop.isCurrent();
      if (unwatched) {
        watchAgain();
      }
    }

    private void watchAgain() {
      assert loop.isCurrent();
      unwatched = false;
      settled = true;
      watches.watched().forEach(peer -> submitWatch(peer, Watches.ALL));
    }

    @Override
    public void epochEnded() {
      assert loop.isCurrent();
      localRegistry.endPastEpochs();
      stopReading();
      bans.stop();
      loop.vertx().cancelTimer(rewatching);
      groups.epochEnded();
    }

    @Override
    public void cutOff() {
      assert loop.isCurrent();
      if (options.cutOff() == PartitionPolicy.STOP) {
        localRegistry.setLocalDelivery(false);
        localRegistry.revokeAll();
      }
    }

    @Override
    public void refreshed(MembershipSnapshot members, String self) {
      assert loop.isCurrent();
      reaper.heartbeat(members, self);
      outbox.retry();
      if (settled && !unwatched) {
        verifier.verify();
      }
    }
  }
}
