package dev.parley.cluster;

import dev.parley.cluster.CommandPipeline.Bound;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.Watches;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.FindCommand;
import dev.parley.cluster.script.InboxLimits;
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
 * <p>A thread-safe {@link LocalRegistry} has the sessions of this node: a signal between two of them does
 * not leave the node. Everything else goes to Redis through one {@link CommandPipeline}, and deliveries from
 * Redis come out of one inbox. Pipeline, inbox, and their helpers are confined to one event loop,
 * the hub's. No call blocks on Redis.
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
  /** The documented default. */
  private static final Duration USUAL_HOLD = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final ClusterOptions options;
  private final String node = newNode();
  private final RedisEndpoint endpoint;
  private final MasterLocator master;
  private final RedisKeys keys;
  private final SignalMetrics metrics;
  private final ClusterMetrics counts;
  private final SetAside setAside;
  private final LocalRegistry localRegistry = new LocalRegistry();
  private final Watches watches = new Watches();
  private final ClusterMembership membership;
  private final CommandPipeline pipeline;
  private final Claims claims;
  private final RemoteSender remoteSender;
  private final RefusalOutbox outbox;
  private final RedisGroups groups;
  private final MailExpiry expiry;
  private final EpochReaper reaper;
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
        vertx, options, mailboxes, groupLimits, hold, registry, PipelineLimits.DEFAULT,
        InboxLimits.DEFAULT);
  }

  RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      MeterRegistry registry, PipelineLimits pipelineLimits, InboxLimits inboxLimits) {
    this(
        vertx, options, mailboxes, groupLimits, USUAL_HOLD, registry, pipelineLimits, inboxLimits);
  }

  private RedisHub(
      Vertx vertx, ClusterOptions options, MailboxLimits mailboxes, GroupLimits groupLimits,
      Duration hold, MeterRegistry registry, PipelineLimits pipelineLimits,
      InboxLimits inboxLimits) {
    ServiceUrl redis = Objects.requireNonNull(options.redis(), "a cluster needs a Redis");
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    this.metrics = new SignalMetrics(registry);
    this.counts = new ClusterMetrics(registry);
    String where = "cluster '" + options.prefix() + "' at " + redis;
    this.setAside = new SetAside(where, counts);
    RetryPolicy pace = options.pace();
    this.endpoint = new RedisEndpoint(redis, options.tls(), "cluster");
    this.keys = new RedisKeys(options.prefix());
    this.master =
        new MasterLocator(
            new RedisConnector(vertx, endpoint, pace.patience()), redis,
            Slots.of(keys.hashTag()));
    this.membership =
        new ClusterMembership(
            vertx,
            context,
            node,
            new ClusterMembership.MembershipOptions(
                where, endpoint, master, keys,
                ClusterScripts.of(
                    keys, mailboxes, inboxLimits, hold, options.lease().dividedBy(4)),
                pipelineLimits, pace,
                options.lease(), options.refresh()),
            localRegistry,
            new Membership());
    this.pipeline = membership.pipeline();
    this.outbox = new RefusalOutbox(pipeline, localRegistry);
    this.expiry = new MailExpiry(vertx, pipeline, localRegistry, metrics);
    this.claims = new Claims(pipeline, localRegistry, counts);
    this.remoteSender =
        new RemoteSender(
            node, pipeline, localRegistry, expiry, metrics, counts, membership::isConnected);
    this.groups =
        new RedisGroups(
            vertx, context, pipeline, localRegistry, groupLimits, counts, setAside,
            new GroupMetrics(registry));
    this.reaper = new EpochReaper(pipeline, localRegistry, groups, metrics);
    this.verifier = new Verifier(where, pipeline, localRegistry, watches, groups::users, counts);
    counts.observe(membership::isConnected, membership::isOutOfMemory, pipeline,
        localRegistry::size);
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
    return onLoop(membership::start);
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
    if (!localRegistry.deliver(signal.to(), signal)) {
      localRegistry.send(
          signal,
          (remoteSend, epoch) -> remoteSender.send(sender, signal, hold, remoteSend, epoch));
    }
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
    Promise<R> answer = Promise.promise();
    PendingCommand<R> pending =
        new PendingCommand<>(
            command,
            localRegistry.epoch(),
            new PendingCommand.Answer<>() {
              @Override
              public void done(R result) {
                answer.complete(result);
              }

              @Override
              public void failed() {
                answer.fail(new HubUnavailableException("the cluster cannot be reached"));
              }
            });
    if (!pipeline.submit(pending, Bound.LIMITED)) {
      answer.fail(
          new HubUnavailableException("the cluster cannot be reached, or has too much to do"));
    }
    return answer.future();
  }

  @Override
  public void watch(Recipient watcher, PeerAddress watched) {
    watches.watch(watcher, watched, number -> pipeline.submit(watchCommand(watched, number), Bound.UNLIMITED));
  }

  private PendingCommand<?> watchCommand(PeerAddress watched, long number) {
    return new PendingCommand<>(
        new WatchCommand(watched, number),
        localRegistry.epoch(),
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
        });
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
    context.runOnContext(run -> task.get().onComplete(done));
    return done.future();
  }

  /** Stops everything that runs by itself. */
  private void stopAll() {
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
      pipeline.clearPiggybackSource();
      trimmer.stop();
      trimmer = null;
    }
  }

  /** Listener of the node's membership. Confined to the hub's event loop. */
  private final class Membership implements ClusterMembership.MembershipListener {

    @Override
    public void epochBegun(NodeEpoch nodeEpoch, EntryId inbox, boolean mayBeBehind) {
      settled = false;
      counts.epochBegun();
      localRegistry.setLocalDelivery(true);
      groups.epochBegun(nodeEpoch);
      claims.claimAgain(mayBeBehind);
      // Peers of other nodes may have to be claimed again before a departure can be reported.
      rewatching = vertx.setTimer(options.lease().toMillis() / 2, id -> watchAgain());
      InboxTrimmer newTrimmer = new InboxTrimmer(vertx, pipeline, localRegistry.epoch());
      trimmer = newTrimmer;
      pipeline.setPiggybackSource(newTrimmer);
      InboxDispatcher dispatcher =
          new InboxDispatcher(
              localRegistry, watches, claims, groups, outbox, metrics, newTrimmer,
              new InFlightMark(node, localRegistry.epoch()), setAside);
      reader =
          new InboxReader(
              vertx, master, options.pace(), keys.inbox(nodeEpoch), inbox, dispatcher, membership,
              endpoint);
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
      watches.watched().forEach(peer -> pipeline.submit(watchCommand(peer, Watches.ALL), Bound.UNLIMITED));
    }

    @Override
    public void epochEnded() {
      stopReading();
      vertx.cancelTimer(rewatching);
      groups.epochEnded();
    }

    @Override
    public void cutOff() {
      if (options.cutOff() == PartitionPolicy.STOP) {
        localRegistry.setLocalDelivery(false);
        localRegistry.revokeAll();
      }
    }

    @Override
    public void refreshed(MembershipSnapshot snapshot) {
      reaper.clean(snapshot.tombstones());
      outbox.retry();
      if (settled && !unwatched) {
        verifier.verify();
      }
    }

    @Override
    public void nodeFailed(EvictCommand eviction) {
      counts.nodeEvicted();
      LOG.warn(
          "node {} has not been heard of for {} s and is evicted", eviction.nodeEpoch(),
          options.lease().toSeconds());
      outbox.run(eviction);
    }
  }
}
