package dev.parley.cluster.pipeline;

import static io.vertx.redis.client.Command.EVALSHA;

import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.redis.RedisTrouble;
import dev.parley.cluster.registry.EpochCounter;
import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.hub.HubUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Idempotent command pipeline: at most one EVALSHA in flight, carrying every command queued since
 * the last one. It is the only writer of this node. Batches are numbered, and Redis executes each
 * exactly once per epoch, in order (see pipeline.lua). So a batch is resent unchanged after any
 * failure, on a new connection, and no command is ever retried by itself.
 *
 * <p>A command is added to a batch, or fails because it is no longer wanted, only after the
 * previous batch has been answered and all its results have been handled; one that is not urgent
 * waits until there is no urgent one either. The claims by which a rejoining node takes its ids
 * back are urgent, and are queued before the first batch of the epoch. So whether a signal is still
 * wanted is decided after those claims have been answered, and nothing is sent from an id that now
 * belongs to another session.
 *
 * <p>To submit with a {@link Bound}, or to call, is thread-safe; commands of one thread keep their
 * order. Everything else is confined to the hub's event loop.
 */
public final class CommandPipeline {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);
  private static final Duration MEMORY = Duration.ofSeconds(5);
  public static final long MEMORY_BYTES = 8L << 20;
  private static final PiggybackSource NONE = () -> null;

  private final LoopContext loop;
  private final PipelineLimits limits;
  private final RedisKeys keys;
  private final RedisScript script;
  private final EpochCounter epochs;

  private final Queue<PendingCommand<?>> queue = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<PendingCommand<?>> urgent = new ArrayDeque<>();
  private final AtomicInteger commands = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean open = true;

  private int epoch;
  private @Nullable NodeEpoch nodeEpoch;
  private @Nullable Connected connected;
  private long lastNumber;
  private @Nullable Batch inFlight;
  private boolean handlingResults;
  private final AtomicLong batches = new AtomicLong();
  private final ReplayWindow replayWindow = new ReplayWindow(MEMORY, MEMORY_BYTES);
  private PiggybackSource piggybacked = NONE;
  private final Set<String> failures = new HashSet<>();

  /** Listener of a connection and of epochs. Called on the hub's event loop. */
  public interface PipelineListener {

    /** The call failed: the batch will be resent on a new connection. */
    void connectionFailed(RedisLink link, Throwable cause);

    /** A batch was executed. */
    void worked(CallReport report);

    /** The epoch is over. */
    void epochLost(String why);
  }

  /** Which commands the pipeline accepts. */
  public enum Bound {
    /** Rejects the command if the pipeline is full or the node is partitioned. */
    LIMITED,
    /**
     * Accepts the command however full the pipeline is, because it follows from one that was
     * granted before; so its number is bounded by those. While the node is partitioned the command
     * fails, since its epoch is over.
     */
    UNLIMITED,
    /** Accepts the command even though the pipeline is closed. */
    NONE
  }

  /** The order of urgent commands. */
  public enum Priority {
    /** Before all others. */
    FIRST,
    /** Behind other urgent ones. */
    URGENT
  }

  /** Piggybacks on calls what is not worth a call of its own. Called on the hub's event loop. */
  public interface PiggybackSource {

    /** The command, if any, to append to the next call, behind all others. */
    @Nullable
    PendingCommand<?> piggyback();
  }

  /** The commands of one call. Compared by identity. */
  private static final class Batch {

    /** Its sequence number within the epoch. */
    private final long number;
    private final List<PendingCommand<?>> commands;

    Batch(long number, List<PendingCommand<?>> commands) {
      this.number = number;
      this.commands = commands;
    }
  }

  /** A connection, with its listener. */
  private record Connected(RedisLink link, PipelineListener listener) {}

  /**
   * A pipeline without a connection and an epoch.
   *
   * @param loop the hub's event loop
   * @param script executes a batch
   */
  public CommandPipeline(
      LoopContext loop, PipelineLimits limits, RedisKeys keys, RedisScript script,
      EpochCounter epochs) {
    this.loop = loop;
    this.limits = limits;
    this.keys = keys;
    this.script = script;
    this.epochs = epochs;
  }

  /** The event loop that runs the pipeline, and handles its results. */
  public LoopContext loop() {
    return loop;
  }

  // ---- any thread

  /** As {@link #submit(PendingCommand, Bound)}, for the current epoch, or the next one. */
  public <R> boolean submit(Command<R> command, PendingCommand.Answer<R> answer, Bound bound) {
    return submit(new PendingCommand<>(command, epochs.current(), answer), bound);
  }

  /**
   * Queues a command behind all submitted before.
   *
   * @return whether it was accepted; if not, its callback is not called
   */
  public boolean submit(PendingCommand<?> pending, Bound bound) {
    switch (bound) {
      case LIMITED -> {
        if (!open || isFull()) {
          return false;
        }
        add(pending);
      }
      case UNLIMITED -> {
        if (open) {
          add(pending);
        } else {
          loop.run(pending::fail);
        }
      }
      case NONE -> add(pending);
    }
    return true;
  }

  /**
   * As {@link #submit(Command, PendingCommand.Answer, Bound)}. The future completes on the hub's
   * event loop; it fails with a {@link HubUnavailableException} if the outcome is unknown.
   */
  public <R> Future<R> call(Command<R> command, Bound bound) {
    Promise<R> result = Promise.promise();
    PendingCommand.Answer<R> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(R value) {
            result.complete(value);
          }

          @Override
          public void failed() {
            result.fail(new HubUnavailableException("the cluster cannot be reached"));
          }
        };
    if (!submit(command, answer, bound)) {
      result.fail(
          new HubUnavailableException("the cluster cannot be reached, or has too much to do"));
    }
    return result.future();
  }

  private boolean isFull() {
    return commands.get() >= limits.commands() || bytes.get() >= limits.bytes().bytes();
  }

  private void add(PendingCommand<?> pending) {
    commands.incrementAndGet();
    bytes.addAndGet(pending.size());
    queue.add(pending);
    if (woken.compareAndSet(false, true)) {
      loop.run(
          () -> {
            woken.set(false);
            pump();
          });
    }
  }

  /** The number of queued commands. */
  public int waiting() {
    return commands.get();
  }

  /** The number of batches executed. */
  long batches() {
    return batches.get();
  }

  /** Whether commands are accepted: the node is not partitioned. */
  public boolean isOpen() {
    return open;
  }

  // ---- the hub's event loop

  /**
   * Queues a command before all that were submitted with a bound. None of those is looked at until
   * every urgent one has been answered. The caller calls {@link #pump} or {@link #connect}
   * afterwards.
   */
  public void submit(PendingCommand<?> pending, Priority priority) {
    assert loop.isCurrent();
    switch (priority) {
      case FIRST -> urgent.addFirst(pending);
      case URGENT -> urgent.addLast(pending);
    }
  }

  /** As {@link #submit(PendingCommand, Priority)}, for the current epoch. */
  public <R> void submit(Command<R> command, PendingCommand.Answer<R> answer, Priority priority) {
    submit(new PendingCommand<>(command, epochs.current(), answer), priority);
  }

  /** Sets the source of piggybacked commands. */
  public void setPiggybackSource(PiggybackSource source) {
    assert loop.isCurrent();
    piggybacked = source;
  }

  /** Removes the source of piggybacked commands. */
  public void clearPiggybackSource() {
    assert loop.isCurrent();
    piggybacked = NONE;
  }

  /** Whether an epoch has begun and is not over. */
  public boolean hasEpoch() {
    assert loop.isCurrent();
    return nodeEpoch != null;
  }

  /** Closes or opens the pipeline for new commands. */
  public void setOpen(boolean value) {
    assert loop.isCurrent();
    open = value;
  }

  /** An epoch begins. */
  public void begin(NodeEpoch newNodeEpoch) {
    assert loop.isCurrent();
    nodeEpoch = newNodeEpoch;
    epoch = epochs.current();
    lastNumber = 0;
    failures.clear();
    replayWindow.clear();
  }

  /** A connection is open; resends a batch whose outcome is unknown. */
  public void connect(RedisLink link, PipelineListener listener) {
    assert loop.isCurrent();
    Connected now = new Connected(link, listener);
    connected = now;
    if (inFlight != null) {
      send(now, inFlight);
    } else {
      pump();
    }
  }

  /** The connection is lost. */
  public void disconnect() {
    assert loop.isCurrent();
    connected = null;
  }

  /** The epoch is over: all its commands fail, and new ones belong to the next one. */
  public void end() {
    assert loop.isCurrent();
    nodeEpoch = null;
    epochs.next();
    epoch = epochs.current();
    Batch unanswered = inFlight;
    inFlight = null;
    if (unanswered != null) {
      unanswered.commands.forEach(CommandPipeline::fail);
    }
    dropOutdated();
  }

  /** Fails queued commands of past epochs. */
  public void dropOutdated() {
    assert loop.isCurrent();
    urgent.removeIf(
        pending -> {
          boolean outdated = pending.epoch() != epoch;
          if (outdated) {
            fail(pending);
          }
          return outdated;
        });
    for (PendingCommand<?> next = queue.peek(); next != null && next.epoch() < epoch; next =
        queue.peek()) {
      take();
      fail(next);
    }
  }

  /** Sends the next batch, if there are commands and none is in flight. */
  public void pump() {
    assert loop.isCurrent();
    if (connected != null && nodeEpoch != null && inFlight == null && !handlingResults) {
      List<PendingCommand<?>> next = nextCommands();
      if (!next.isEmpty()) {
        inFlight = new Batch(lastNumber + 1, next);
        send(connected, inFlight);
      }
    }
  }

  private List<PendingCommand<?>> nextCommands() {
    List<PendingCommand<?>> next = nextFrom(urgent::poll);
    return next.isEmpty() ? withPiggybacked(nextFrom(this::take)) : next;
  }

  /** A piggybacked command must not overtake commands queued before it. */
  private List<PendingCommand<?>> withPiggybacked(List<PendingCommand<?>> next) {
    if (!next.isEmpty() && queue.isEmpty()) {
      PendingCommand<?> along = piggybacked.piggyback();
      if (along != null) {
        next.add(along);
      }
    }
    return next;
  }

  private List<PendingCommand<?>> nextFrom(Supplier<@Nullable PendingCommand<?>> source) {
    List<PendingCommand<?>> next = new ArrayList<>();
    long size = 0;
    while (next.size() < limits.commandsPerBatch() && size < limits.bytesPerBatch().bytes()) {
      PendingCommand<?> pending = source.get();
      if (pending == null) {
        break;
      }
      if (pending.epoch() == epoch && pending.isWanted()) {
        next.add(pending);
        size += pending.bytesInCall();
      } else {
        fail(pending);
      }
    }
    return next;
  }

  private @Nullable PendingCommand<?> take() {
    PendingCommand<?> pending = queue.poll();
    if (pending != null) {
      commands.decrementAndGet();
      bytes.addAndGet(-pending.size());
    }
    return pending;
  }

  private void send(Connected over, Batch batch) {
    NodeEpoch current = nodeEpoch;
    if (current == null) {
      throw new IllegalStateException("a batch without an epoch");
    }
    Request call =
        Request.cmd(EVALSHA).arg(script.sha1()).arg(1).arg(keys.nodeEpoch(current))
            .arg(current.toString()).arg(batch.number);
    batch.commands.forEach(pending -> pending.write(call));
    var unused =
        over.link.send(call)
            .onComplete(
                answer -> {
                  if (over.equals(connected) && inFlight == batch) {
                    if (answer.succeeded()) {
                      answered(batch, String.valueOf(answer.result()), over.listener);
                    } else {
                      over.listener.connectionFailed(over.link, answer.cause());
                    }
                  }
                });
  }

  private void answered(Batch batch, String answer, PipelineListener listener) {
    assert loop.isCurrent();
    switch (parse(answer)) {
      case BatchReply.Results(List<String> each, CallReport report) when each
          .size() == batch.commands.size() -> {
        lastNumber = batch.number;
        inFlight = null;
        batches.incrementAndGet();
        handleResults(batch, each, report, listener);
        replayWindow.add(
            batch.number, System.nanoTime(),
            batch.commands.stream()
                .filter(PendingCommand::isUnconfirmed).<
                    PendingCommand.Answer<?>>map(PendingCommand::answer)
                .toList());
        pump();
      }
      case BatchReply.Fenced(String lost) when lost.isEmpty() -> listener.epochLost(
          "another node has evicted it, as it sent no heartbeat in time or left too much unread");
      case BatchReply.Fenced(String lost) -> listener.epochLost(
          "its key '" + lost + "' was deleted or overwritten by another program");
      case BatchReply.Gap(long last) -> {
        lostByFailover(last);
        listener.epochLost("Redis has lost " + (batch.number - 1 - last) + " of its batches");
      }
      case BatchReply.Results other ->
          listener.epochLost("Redis has lost the reply to a batch");
      case null -> listener.epochLost("Redis has answered a batch with something else");
    }
  }

  /**
   * Redis knows this batch as the last one: a fail-over has lost the results of later ones, and
   * their callbacks are notified.
   */
  public void lostByFailover(long last) {
    assert loop.isCurrent();
    List<PendingCommand.Answer<?>> lost = replayWindow.takeAfter(last);
    if (!lost.isEmpty()) {
      LOG.warn("Redis has forgotten {} signals, which are refused to their senders", lost.size());
    }
    lost.forEach(CommandPipeline::reportLost);
  }

  private static @Nullable BatchReply parse(String answer) {
    try {
      return BatchReply.parse(answer);
    } catch (IllegalArgumentException unreadable) {
      // Not the answer itself, which may contain user data.
      LOG.error("not an answer to a batch: {} characters", answer.length());
      return null;
    }
  }

  private void handleResults(Batch batch, List<String> results, CallReport report,
      PipelineListener listener) {
    handlingResults = true;
    try {
      listener.worked(report);
      for (int i = 0; i < results.size(); i++) {
        handleResult(batch.commands.get(i), results.get(i));
      }
    } finally {
      handlingResults = false;
    }
  }

  private void handleResult(PendingCommand<?> pending, String result) {
    try {
      if (result.startsWith("!")) {
        report(pending, RedisTrouble.ofReply(result.substring(1)));
        pending.fail();
      } else {
        pending.complete(result);
      }
    } catch (RuntimeException | Error defect) {
      LOG.error("the result of {} could not be dealt with; please report this", name(pending),
          defect);
    }
  }

  /** Logged once for each kind of command and error per epoch. */
  private void report(PendingCommand<?> pending, RedisTrouble wrong) {
    String operation = name(pending);
    if (failures.add(operation + " " + wrong.code())) {
      LOG.error(
          "{} failed in Redis: error={} ({}). {}", operation, wrong.code(), wrong.problem(),
          wrong.advice());
    } else {
      LOG.debug("{} failed in Redis again: {}", operation, wrong.problem());
    }
  }

  /** Not the command itself, which contains ids, tokens, and other input of clients. */
  private static String name(PendingCommand<?> pending) {
    return pending.command().getClass().getSimpleName();
  }

  private static void reportLost(PendingCommand.Answer<?> lost) {
    try {
      lost.lostByFailover();
    } catch (RuntimeException | Error defect) {
      LOG.error("a loss could not be dealt with; please report this", defect);
    }
  }

  private static void fail(PendingCommand<?> pending) {
    try {
      pending.fail();
    } catch (RuntimeException | Error defect) {
      LOG.error("the failure of {} could not be dealt with; please report this", name(pending),
          defect);
    }
  }
}
