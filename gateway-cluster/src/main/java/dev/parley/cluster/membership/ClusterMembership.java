package dev.parley.cluster.membership;

import dev.parley.cluster.inbox.InboxReader;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.CommandPipeline.Priority;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.RedisAccess;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.MasterLocator;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.redis.RedisOutage;
import dev.parley.cluster.redis.RedisRequirements;
import dev.parley.cluster.redis.RedisServerInfo;
import dev.parley.cluster.redis.RedisTrouble;
import dev.parley.cluster.redis.RedisTroubleException;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.cluster.script.BeginReply;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.EvictCommand;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.RefreshCommand;
import dev.parley.cluster.script.RefreshCommand.MembershipSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cluster membership of this node: joins with a new epoch, sends heartbeats, and rejoins with the
 * next epoch when it has been fenced. Also keeps the pipeline connected. Confined to the hub's
 * event loop.
 */
public final class ClusterMembership
    implements CommandPipeline.PipelineListener, InboxReader.ReadabilityListener {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterMembership.class);

  /** The time-out of the first join: in a fresh process, the first connections are slow. */
  private static final Duration START = Duration.ofSeconds(10);

  /**
   * Bounds the epochs below: an epoch may exist although its reply was lost, and a failing Redis
   * makes one per attempt.
   */
  private static final int MAX_FORMER_EPOCHS = 20;

  private static final String CUT_OFF = "cut-off";

  private final LoopContext loop;
  private final Vertx vertx;
  private final MembershipOptions options;
  private final RedisAccess access;
  private final String node;
  private final CommandPipeline pipeline;
  private final Lease lease;
  private final RetryPolicy pace;
  private final long tickMillis;
  private final Promise<Void> started = Promise.promise();
  /** Epochs that may still exist in Redis; the next join ends them. */
  private final List<NodeEpoch> formerEpochs = new ArrayList<>();
  private final RedisOutage outage = new RedisOutage();
  private final RedisOutage inboxOutage = new RedisOutage();
  private final MemoryOutage memory = new MemoryOutage();

  private @Nullable MembershipListener listener;
  private long startUntil;
  private long epoch;
  private @Nullable NodeEpoch nodeEpoch;
  private @Nullable RedisLink link;
  private @Nullable RedisServerInfo server;
  private Duration pause;
  private Duration rejoinPause;
  private long begunAt;
  /** The data set and the process of Redis at the last join. */
  private String dataset = "";
  private @Nullable RedisServerInfo serverThen;
  /** Why the last epoch ended, until it has been logged. */
  private @Nullable String endedBecause;
  /** Whether the process of Redis has changed since it last confirmed our writes. */
  private boolean mayBeBehind;
  private long reconnecting = -1;
  private long rejoining = -1;
  private long ticking = -1;
  private boolean refreshing;
  private boolean cutOff;
  private boolean closed;
  private @Nullable Promise<Void> leaving;
  private volatile @Nullable String trouble = "not connected yet";
  private volatile @Nullable String inboxTrouble;
  private volatile boolean outOfMemory;

  /**
   * Options of a membership.
   *
   * @param scripts the scripts to load into Redis
   * @param lease how long the node is a member after a heartbeat
   * @param refresh the time between two heartbeats
   */
  public record MembershipOptions(
      RedisAccess access, ClusterScripts scripts, Duration lease, Duration refresh) {}

  /** Listener of the membership. */
  public interface MembershipListener {

    /**
     * An epoch has begun; its inbox is to be read from {@code inbox} on.
     *
     * @param mayBeBehind whether Redis may have lost the latest confirmed writes
     */
    void epochBegun(NodeEpoch nodeEpoch, EntryId inbox, boolean mayBeBehind);

    /** The epoch is over. The pipeline has failed all its commands. */
    void epochEnded();

    /**
     * The node is partitioned: its lease has expired without Redis. The listener applies its
     * policy.
     */
    void cutOff();

    /**
     * A heartbeat was confirmed.
     *
     * @param members the members at that time
     * @param self the epoch of this node
     */
    void refreshed(MembershipSnapshot members, String self);

    /** A call has reported something besides its results. */
    void reported(CallReport report);

    /** Redis has memory again: what was refused for lack of it can be retried. */
    void memoryIsBack();
  }

  /**
   * A membership that has not started.
   *
   * @param node the name of this node
   */
  public ClusterMembership(String node, MembershipOptions options, CommandPipeline pipeline) {
    this.node = node;
    this.options = options;
    this.access = options.access;
    this.pipeline = pipeline;
    this.loop = pipeline.loop();
    this.vertx = loop.vertx();
    this.pace = access.pace();
    this.pause = pace.firstPause();
    this.rejoinPause = pace.firstPause();
    this.lease = new Lease(options.lease);
    this.tickMillis = Math.max(20, options.refresh.toMillis());
  }

  /**
   * Joins for the first time. Fails at once on a permanent error, and after ten seconds on a
   * transient one: such errors are for the operator.
   *
   * @param newListener follows the epochs from now on
   */
  public Future<Void> start(MembershipListener newListener) {
    assert loop.isCurrent();
    listener = newListener;
    lease.renew(System.nanoTime());
    startUntil = System.nanoTime() + START.toNanos();
    connect();
    return started.future();
  }

  private MembershipListener listener() {
    return Objects.requireNonNull(listener, "not started");
  }

  /**
   * The current trouble with Redis or the connection, in a few words; null if there is none.
   * Thread-safe.
   */
  public @Nullable String trouble() {
    String way = wayTrouble();
    return way == null && outOfMemory ? "Redis is out of memory" : way;
  }

  private @Nullable String wayTrouble() {
    String writing = trouble;
    return writing == null ? inboxTrouble : writing;
  }

  /** Whether Redis can be reached and used. Thread-safe. */
  public boolean isConnected() {
    return wayTrouble() == null;
  }

  /** Whether Redis refuses writes that need more memory. Thread-safe. */
  public boolean isOutOfMemory() {
    return outOfMemory;
  }

  // ---- connections

  private void connect() {
    var unused =
        access.master()
            .open()
            .compose(
                found -> prepare(found)
                    .onFailure(unfit -> found.link().close()))
            .onSuccess(this::connected)
            .onFailure(this::failed);
  }

  private Future<MasterLocator.Found> prepare(MasterLocator.Found found) {
    RedisLink opened = found.link();
    return RedisRequirements.check(found.info())
        .compose(fit -> load(opened, options.scripts.begin()))
        .compose(loaded -> load(opened, options.scripts.pipeline()))
        .map(found);
  }

  private static Future<Void> load(RedisLink opened, RedisScript script) {
    return opened.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text())).mapEmpty();
  }

  private void connected(MasterLocator.Found found) {
    assert loop.isCurrent();
    RedisLink opened = found.link();
    if (closed) {
      opened.close();
      return;
    }
    RedisServerInfo before = server;
    server = found.info();
    link = opened;
    var unused = opened.ended().onSuccess(cause -> connectionFailed(opened, cause));
    if (before == null || found.info().isSameRunAs(before) || formerEpochs.isEmpty()) {
      resumeOrBegin(opened, false);
    } else {
      mayBeBehind = true;
      askWhatIsLost(opened, formerEpochs.getLast(), found.info().hasReplaced(before));
    }
  }

  /**
   * The process of Redis has changed, and may have lost writes of the former one. The number of the
   * last batch that it knows tells which of ours.
   */
  private void askWhatIsLost(RedisLink opened, NodeEpoch last, boolean replaced) {
    var unused =
        opened
            .send(Request.cmd(Command.HGET).arg(access.keys().nodeEpoch(last)).arg("number"))
            .onSuccess(
                number -> {
                  if (link == opened) {
                    pipeline.lostByFailover(number == null ? 0 : Long.parseLong(number.toString()));
                    resumeOrBegin(opened, replaced);
                  }
                })
            .onFailure(cause -> connectionFailed(opened, cause));
  }

  /**
   * Resumes the epoch if possible. If a replica has taken over, entries of this node's inbox may be
   * lost without a trace, since new entries may have earlier ids. Then the node rejoins with the
   * next epoch, and unread entries are refused to their senders.
   */
  private void resumeOrBegin(RedisLink opened, boolean replaced) {
    if (nodeEpoch == null) {
      begin(opened);
    } else if (replaced) {
      epochLost("another Redis has taken over");
    } else {
      resume(opened);
    }
  }

  private void resume(RedisLink opened) {
    pipeline.connect(opened, this);
    refresh();
  }

  /** Only a successful write proves that Redis is usable again. */
  @Override
  public void worked(CallReport report) {
    assert loop.isCurrent();
    mayBeBehind = false;
    if (trouble != null || outage.isOn()) {
      trouble = null;
      pause = pace.firstPause();
      if (outage.isOn()) {
        LOG.info("{}: connected again after {} s", access.where(), outage.end().toSeconds());
      }
      started.tryComplete();
    }
    note(report);
  }

  private void note(CallReport report) {
    switch (memory.see(report.outOfMemory(), System.nanoTime())) {
      case BEGUN -> {
        outOfMemory = true;
        LOG.warn(
            "{}: Redis is out of memory. Until it has some again, new clients, rooms, and signals"
                + " that would have to wait are refused; what needs no more memory goes on. Raise"
                + " maxmemory of this Redis, or see what else it keeps",
            access.where());
      }
      case OVER -> {
        outOfMemory = false;
        LOG.info(
            "{}: Redis has memory again after {} s", access.where(),
            memory.length().toSeconds());
        listener().memoryIsBack();
      }
      case NONE -> {}
    }
    listener().reported(report);
  }

  @Override
  public void connectionFailed(RedisLink failed, Throwable cause) {
    assert loop.isCurrent();
    if (link == failed) {
      link = null;
      pipeline.disconnect();
      failed.close();
      failed(cause);
    }
  }

  private void failed(Throwable cause) {
    if (closed) {
      return;
    }
    if (leaving != null) {
      leaving.tryComplete();
      return;
    }
    RedisTrouble wrong = RedisTrouble.of(cause, access.endpoint());
    if (started.future().isComplete()) {
      report(wrong, cause);
      retry();
    } else if (wrong.passesByItself() && startUntil - System.nanoTime() > 0) {
      reconnecting = vertx.setTimer(pause.toMillis(), id -> connect());
    } else {
      abandon();
      if (nodeEpoch != null) {
        end();
      }
      started.fail(new RedisTroubleException(wrong, cause));
    }
  }

  private void report(RedisTrouble wrong, Throwable cause) {
    String what = wrong.answered() ? "Redis refuses writes" : "not connected";
    trouble = what + " (" + wrong.code() + ")";
    if (outage.isNews(wrong)) {
      LOG.warn(
          "{}: {}: error={} ({}). {}. Until it is over, signals to other nodes and new clients"
              + " wait, for {} s at most",
          access.where(), what, wrong.code(), wrong.problem(), wrong.advice(),
          options.lease.toSeconds());
    } else {
      LOG.debug("{}: still {}", access.where(), what, cause);
    }
  }

  private void retry() {
    reconnecting = vertx.setTimer(pause.toMillis(), id -> connect());
    pause = pace.longerThan(pause);
  }

  // ---- the inbox

  @Override
  public void unreadable(RedisTrouble wrong) {
    assert loop.isCurrent();
    // Without an answer the pipeline meets the same trouble, and logs it.
    if (wrong.answered() && trouble == null) {
      inboxTrouble = "Redis does not let this node read (" + wrong.code() + ")";
      if (inboxOutage.isNews(wrong)) {
        LOG.warn(
            "{}: the inbox cannot be read: error={} ({}). {}. Until it is over, nothing from other"
                + " nodes reaches the clients of this one",
            access.where(), wrong.code(), wrong.problem(), wrong.advice());
      }
    }
  }

  @Override
  public void readable() {
    assert loop.isCurrent();
    if (inboxOutage.isOn()) {
      inboxTrouble = null;
      LOG.info(
          "{}: the inbox can be read again after {} s", access.where(),
          inboxOutage.end().toSeconds());
    }
  }

  // ---- epochs

  private void begin(RedisLink over) {
    NodeEpoch next = new NodeEpoch(node, ++epoch);
    Request call =
        Request.cmd(Command.EVALSHA).arg(options.scripts.begin().sha1()).arg(1)
            .arg(access.keys().nodeEpoch(next)).arg(next.toString());
    formerEpochs.forEach(old -> call.arg(old.toString()));
    formerEpochs.add(next);
    if (formerEpochs.size() > MAX_FORMER_EPOCHS) {
      // The first one existed for sure. Any other is evicted when its lease expires.
      formerEpochs.remove(1);
    }
    long sentAt = System.nanoTime();
    var unused =
        over.send(call)
            .map(first -> BeginReply.parse(String.valueOf(first)))
            .onSuccess(
                reply -> {
                  if (link == over) {
                    note(reply.report());
                    reportReturn(reply.dataset());
                    begun(over, next, reply.inbox(), sentAt);
                  }
                })
            .onFailure(
                cause -> {
                  if (link == over && RedisTrouble.of(cause, access.endpoint()).answered()) {
                    // Refused: it has not begun. The next attempt reuses its number and what exists
                    // of it.
                    formerEpochs.remove(next);
                    epoch--;
                  }
                  connectionFailed(over, cause);
                });
  }

  /**
   * Compares the data set with that of the last join: it tells a fenced node from a Redis that was
   * emptied.
   */
  private void reportReturn(String found) {
    String why = endedBecause;
    if (!dataset.isEmpty() && !dataset.equals(found)) {
      RedisServerInfo now = server;
      RedisServerInfo then = serverThen;
      why = now != null && then != null && now.isSameRunAs(then)
          ? "its keys are gone from Redis, which has gone on running: FLUSHALL, FLUSHDB, or the data"
              + " of another Redis in their place"
          : "its keys are gone: Redis was started again without its data, or is another one";
    }
    if (why != null) {
      LOG.warn(
          "{}: this node was evicted and has rejoined: {}", access.where(), why);
    }
    endedBecause = null;
    dataset = found;
    serverThen = server;
  }

  private void begun(RedisLink over, NodeEpoch begun, EntryId inbox, long sentAt) {
    formerEpochs.clear();
    formerEpochs.add(begun);
    nodeEpoch = begun;
    begunAt = System.nanoTime();
    lease.renew(sentAt);
    cutOff = false;
    pipeline.begin(begun);
    listener().epochBegun(begun, inbox, mayBeBehind);
    pipeline.setOpen(true);
    resume(over);
    if (ticking < 0) {
      ticking = vertx.setPeriodic(tickMillis, id -> tick());
    }
  }

  @Override
  public void epochLost(String why) {
    assert loop.isCurrent();
    if (leaving != null) {
      leaving.tryComplete();
      return;
    }
    endedBecause = why;
    boolean hasLasted = System.nanoTime() - begunAt > pace.longestPause().toNanos();
    end();
    RedisLink over = link;
    if (over == null) {
      return;
    }
    if (hasLasted) {
      rejoinPause = pace.firstPause();
      begin(over);
    } else {
      rejoining = vertx.setTimer(rejoinPause.toMillis(), id -> {
        if (link == over && nodeEpoch == null) {
          begin(over);
        }
      });
      rejoinPause = pace.longerThan(rejoinPause);
    }
  }

  /** The end of an epoch of this node. */
  private void end() {
    nodeEpoch = null;
    refreshing = false;
    // Commands of the epoch fail; those that are submitted from now on belong to the next one.
    pipeline.end();
    // Claims without an answer fail, reading stops, and users leave their groups.
    listener().epochEnded();
  }

  // ---- heartbeats

  private void tick() {
    assert loop.isCurrent();
    pipeline.dropOutdated();
    if (!cutOff && lease.isOver(System.nanoTime())) {
      cutOff = true;
      reportCutOff();
      pipeline.setOpen(false);
      end();
      listener().cutOff();
      dropLink();
    } else {
      refresh();
    }
  }

  /** Closes the connection, on which nothing could be written. That has been logged already. */
  private void dropLink() {
    RedisLink useless = link;
    if (useless != null) {
      link = null;
      pipeline.disconnect();
      useless.close();
      retry();
    }
  }

  /** Logged once: an epoch that begins meanwhile, and cannot write either, is no news. */
  private void reportCutOff() {
    long seconds = options.lease.toSeconds();
    if (trouble == null) {
      trouble = "nothing could be written for " + seconds + " s";
    }
    RedisTrouble news =
        new RedisTrouble(CUT_OFF, "nothing could be written for " + seconds + " s", "", false);
    if (outage.isNews(news)) {
      LOG.warn(
          "{}: cut off: {}. New clients and signals to other nodes are refused until it is over",
          access.where(), news.problem());
    }
  }

  private void refresh() {
    if (nodeEpoch == null || link == null || refreshing) {
      return;
    }
    refreshing = true;
    long sentAt = System.nanoTime();
    pipeline.submit(
        new RefreshCommand(),
        new PendingCommand.Answer<>() {
          @Override
          public void done(MembershipSnapshot snapshot) {
            refreshing = false;
            refreshed(snapshot, sentAt);
          }

          @Override
          public void failed() {
            refreshing = false;
          }
        },
        Priority.FIRST);
    pipeline.pump();
  }

  private void refreshed(MembershipSnapshot snapshot, long sentAt) {
    lease.renew(sentAt);
    long now = System.nanoTime();
    listener().refreshed(snapshot, String.valueOf(nodeEpoch));
    if (now - sentAt > Duration.ofMillis(tickMillis).toNanos()) {
      refresh();
    }
  }

  // ---- the end

  /** Ends the epoch if that succeeds in time, and closes the connection. */
  public Future<Void> close(Duration patience) {
    assert loop.isCurrent();
    if (closed) {
      return Future.succeededFuture();
    }
    Promise<Void> left = Promise.promise();
    leaving = left;
    pipeline.setOpen(false);
    NodeEpoch last = nodeEpoch;
    if (last == null || link == null) {
      left.complete();
    } else {
      long timer = vertx.setTimer(patience.toMillis(), id -> left.tryComplete());
      // The answer to it is that the epoch is over.
      pipeline.submit(EvictCommand.of(last), PendingCommand.ignored(), Bound.NONE);
      var unused = left.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return left.future().onComplete(done -> abandon());
  }

  /** Stops at once; writes nothing to Redis. */
  public void abandon() {
    assert loop.isCurrent();
    closed = true;
    vertx.cancelTimer(ticking);
    vertx.cancelTimer(reconnecting);
    vertx.cancelTimer(rejoining);
    RedisLink last = link;
    link = null;
    pipeline.disconnect();
    if (last != null) {
      last.close();
    }
  }
}
