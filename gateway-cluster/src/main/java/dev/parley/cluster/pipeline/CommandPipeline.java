package dev.parley.cluster.pipeline;

import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.redis.RedisTrouble;
import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
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
 * <p>{@link #offer} and {@link #insist} are thread-safe; commands of one thread keep their order.
 * Everything else is confined to the hub's event loop.
 */
public final class CommandPipeline {

  private static final Logger LOG = LoggerFactory.getLogger(CommandPipeline.class);
  private static final Duration MEMORY = Duration.ofSeconds(5);
  public static final long MEMORY_BYTES = 8L << 20;
  private static final PiggybackedCall NOBODY = () -> null;

  private final Context context;
  private final PipelineLimits limits;
  private final RedisKeys keys;
  private final RedisScript script;
  private final Owner owner;

  private final Queue<PendingCommand<?>> queue = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<PendingCommand<?>> urgent = new ArrayDeque<>();
  private final AtomicInteger orders = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean open = true;

  private int epoch;
  private @Nullable NodeEpoch nodeEpoch;
  private @Nullable RedisLink link;
  private long lastNumber;
  private @Nullable Batch underWay;
  private boolean concluding;
  private final AtomicLong batches = new AtomicLong();
  private final ReplayWindow recent = new ReplayWindow(MEMORY, MEMORY_BYTES);
  private PiggybackedCall piggybacked = NOBODY;
  private final Set<String> failures = new HashSet<>();

  /** Manages connections and epochs. Called on the hub's event loop. */
  public interface Owner {

    /** The call failed: the batch will be resent on a new connection. */
    void connectionFailed(RedisLink link, Throwable cause);

    /** A batch was executed. */
    void worked(CallReport report);

    /** The epoch is over. */
    void nodeEpochIsOver(String why);
  }

  /** Piggybacks on calls what is not worth a call of its own. Called on the hub's event loop. */
  public interface PiggybackedCall {

    /** The command, if any, to append to the next call, behind all others. */
    @Nullable
    PendingCommand<?> piggyback();
  }

  /** The commands of one call. Compared by identity. */
  private static final class Batch {

    /** Its sequence number within the epoch. */
    private final long number;
    private final List<PendingCommand<?>> orders;

    Batch(long number, List<PendingCommand<?>> orders) {
      this.number = number;
      this.orders = orders;
    }
  }

  public CommandPipeline(Context context, PipelineLimits limits, RedisKeys keys, RedisScript script,
      Owner owner) {
    this.context = context;
    this.limits = limits;
    this.keys = keys;
    this.script = script;
    this.owner = owner;
  }

  // ---- any thread

  /**
   * Queues a command unless the pipeline is full or the node is partitioned.
   *
   * @return whether it was queued; if not, its callback is not called
   */
  public boolean offer(PendingCommand<?> order) {
    if (!open || orders.get() >= limits.orders() || bytes.get() >= limits.bytes().bytes()) {
      return false;
    }
    add(order);
    return true;
  }

  /**
   * Queues a command regardless of the bounds, because it follows from one that was granted before;
   * so its number is bounded by those. While the node is partitioned the command fails, since its
   * epoch is over.
   */
  public void insist(PendingCommand<?> order) {
    if (open) {
      add(order);
    } else {
      context.runOnContext(refused -> order.fail());
    }
  }

  /** Queues a command behind all others, even though the pipeline is closed. */
  public void last(PendingCommand<?> order) {
    add(order);
  }

  private void add(PendingCommand<?> order) {
    orders.incrementAndGet();
    bytes.addAndGet(order.size());
    queue.add(order);
    if (woken.compareAndSet(false, true)) {
      context.runOnContext(
          run -> {
            woken.set(false);
            pump();
          });
    }
  }

  /** The number of queued commands. */
  public int waiting() {
    return orders.get();
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

  /** Queues a command before all others. */
  public void hurry(PendingCommand<?> order) {
    urgent.addFirst(order);
    pump();
  }

  /**
   * Queues a command before all offered and insisted ones. None of those is looked at until every
   * urgent one has been answered. The caller calls {@link #pump} or {@link #connect} afterwards.
   */
  public void urge(PendingCommand<?> order) {
    urgent.addLast(order);
  }

  /** Sets the source of piggybacked commands. */
  public void carry(PiggybackedCall newPiggybacked) {
    piggybacked = newPiggybacked;
  }

  /** Removes the source of piggybacked commands. */
  public void carryNobody() {
    piggybacked = NOBODY;
  }

  /** Closes or opens the pipeline for new commands. */
  public void setOpen(boolean value) {
    open = value;
  }

  /** An epoch begins. */
  public void begin(NodeEpoch newNodeEpoch, int itsEpoch) {
    nodeEpoch = newNodeEpoch;
    epoch = itsEpoch;
    lastNumber = 0;
    failures.clear();
    recent.clear();
  }

  /** A connection is open; resends a batch whose outcome is unknown. */
  public void connect(RedisLink newLink) {
    link = newLink;
    if (underWay != null) {
      send(newLink, underWay);
    } else {
      pump();
    }
  }

  /** The connection is lost. */
  public void disconnect() {
    link = null;
  }

  /** The epoch is over: all its commands fail. */
  public void end(int nextEpoch) {
    nodeEpoch = null;
    epoch = nextEpoch;
    Batch unanswered = underWay;
    underWay = null;
    if (unanswered != null) {
      unanswered.orders.forEach(CommandPipeline::fail);
    }
    dropOutdated();
  }

  /** Fails queued commands of past epochs. */
  public void dropOutdated() {
    urgent.removeIf(
        order -> {
          boolean outdated = order.epoch() != epoch;
          if (outdated) {
            fail(order);
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
    if (link != null && nodeEpoch != null && underWay == null && !concluding) {
      List<PendingCommand<?>> next = nextOrders();
      if (!next.isEmpty()) {
        underWay = new Batch(lastNumber + 1, next);
        send(link, underWay);
      }
    }
  }

  private List<PendingCommand<?>> nextOrders() {
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
    while (next.size() < limits.ordersPerBatch() && size < limits.bytesPerBatch().bytes()) {
      PendingCommand<?> order = source.get();
      if (order == null) {
        break;
      }
      if (order.epoch() == epoch && order.isWanted()) {
        next.add(order);
        size += order.bytesInCall();
      } else {
        fail(order);
      }
    }
    return next;
  }

  private @Nullable PendingCommand<?> take() {
    PendingCommand<?> order = queue.poll();
    if (order != null) {
      orders.decrementAndGet();
      bytes.addAndGet(-order.size());
    }
    return order;
  }

  private void send(RedisLink over, Batch batch) {
    NodeEpoch current = nodeEpoch;
    if (current == null) {
      throw new IllegalStateException("a batch without an epoch");
    }
    Request call =
        Request.cmd(Command.EVALSHA).arg(script.sha1()).arg(1).arg(keys.nodeEpoch(current))
            .arg(current.toString()).arg(batch.number);
    batch.orders.forEach(order -> order.write(call));
    var unused =
        over.send(call)
            .onComplete(
                answer -> {
                  if (link == over && underWay == batch) {
                    if (answer.succeeded()) {
                      answered(batch, String.valueOf(answer.result()));
                    } else {
                      owner.connectionFailed(over, answer.cause());
                    }
                  }
                });
  }

  private void answered(Batch batch, String answer) {
    switch (parse(answer)) {
      case BatchReply.Results(List<String> each, CallReport report) when each.size() == batch.orders
          .size() -> {
        lastNumber = batch.number;
        underWay = null;
        batches.incrementAndGet();
        conclude(batch, each, report);
        recent.add(
            batch.number, System.nanoTime(),
            batch.orders.stream()
                .filter(PendingCommand::wouldBeMissed).<
                    PendingCommand.Answer<?>>map(PendingCommand::answer)
                .toList());
        pump();
      }
      case BatchReply.Fenced(String lost) when lost.isEmpty() -> owner.nodeEpochIsOver(
          "another node has evicted it, as it sent no heartbeat in time or left too much unread");
      case BatchReply.Fenced(String lost) -> owner.nodeEpochIsOver(
          "its key '" + lost + "' was deleted or overwritten by another program");
      case BatchReply.Gap(long last) -> {
        forgotten(last);
        owner.nodeEpochIsOver("Redis has lost " + (batch.number - 1 - last) + " of its batches");
      }
      case BatchReply.Results other ->
          owner.nodeEpochIsOver("Redis has lost the reply to a batch");
      case null -> owner.nodeEpochIsOver("Redis has answered a batch with something else");
    }
  }

  /**
   * Redis knows this batch as the last one: results of later ones are lost, and their callbacks are
   * notified.
   */
  public void forgotten(long last) {
    List<PendingCommand.Answer<?>> lost = recent.takeAfter(last);
    if (!lost.isEmpty()) {
      LOG.warn("Redis has forgotten {} signals, which are refused to their senders", lost.size());
    }
    lost.forEach(CommandPipeline::forget);
  }

  private static @Nullable BatchReply parse(String answer) {
    try {
      return BatchReply.parse(answer);
    } catch (IllegalArgumentException strange) {
      // Not the answer itself, which may contain user data.
      LOG.error("not an answer to a batch: {} characters", answer.length());
      return null;
    }
  }

  private void conclude(Batch batch, List<String> results, CallReport report) {
    concluding = true;
    try {
      owner.worked(report);
      for (int i = 0; i < results.size(); i++) {
        conclude(batch.orders.get(i), results.get(i));
      }
    } finally {
      concluding = false;
    }
  }

  private void conclude(PendingCommand<?> order, String result) {
    try {
      if (result.startsWith("!")) {
        report(order, RedisTrouble.ofReply(result.substring(1)));
        order.fail();
      } else {
        order.conclude(result);
      }
    } catch (RuntimeException | Error defect) {
      LOG.error("the result of {} could not be dealt with; please report this", name(order),
          defect);
    }
  }

  /** Logged once for each kind of command and error per epoch. */
  private void report(PendingCommand<?> order, RedisTrouble wrong) {
    String operation = name(order);
    if (failures.add(operation + " " + wrong.code())) {
      LOG.error(
          "{} failed in Redis: error={} ({}). {}", operation, wrong.code(), wrong.problem(),
          wrong.advice());
    } else {
      LOG.debug("{} failed in Redis again: {}", operation, wrong.problem());
    }
  }

  /** Not the command itself, which contains ids, tokens, and other input of clients. */
  private static String name(PendingCommand<?> order) {
    return order.command().getClass().getSimpleName();
  }

  private static void forget(PendingCommand.Answer<?> lost) {
    try {
      lost.forgotten();
    } catch (RuntimeException | Error defect) {
      LOG.error("a loss could not be dealt with; please report this", defect);
    }
  }

  private static void fail(PendingCommand<?> order) {
    try {
      order.fail();
    } catch (RuntimeException | Error defect) {
      LOG.error("the failure of {} could not be dealt with; please report this", name(order),
          defect);
    }
  }
}
