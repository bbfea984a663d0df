package dev.parley.cluster;

import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.Seat;
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
 * The one way by which a node changes anything in Redis: one call under way, which carries a batch
 * of whatever has come together meanwhile. Batches are numbered, and Redis carries each out once,
 * in order (see lane.lua). So after any failure the same batch is sent again on another connection,
 * and nothing is ever tried again on its own.
 *
 * <p>An order boards, or fails because it is not wanted any more, when the batch before has been
 * answered and all its results have been handed over; one that is not urgent, when no urgent one
 * waits either. So whether a signal is still wanted is decided behind the answers to the claims by
 * which a node that comes back takes its ids back: those claims are urgent, and in the lane before
 * the seat's first batch. What was sent from an id that is another's by now never boards.
 *
 * <p>{@link #offer} and {@link #insist} may be called on any thread; what one thread puts in is
 * carried out in that order. Everything else belongs to the hub's event loop.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration MEMORY = Duration.ofSeconds(5);
  static final long MEMORY_BYTES = 8L << 20;
  private static final Rider NOBODY = () -> null;

  private final Context context;
  private final LaneLimits limits;
  private final RedisKeys keys;
  private final RedisScript script;
  private final Owner owner;

  private final Queue<Order<?>> queue = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Order<?>> urgent = new ArrayDeque<>();
  private final AtomicInteger orders = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean open = true;

  private int generation;
  private @Nullable Seat seat;
  private @Nullable RedisLink link;
  private long lastNumber;
  private @Nullable Batch underWay;
  private boolean concluding;
  private final AtomicLong batches = new AtomicLong();
  private final Recent recent = new Recent(MEMORY, MEMORY_BYTES);
  private Rider rider = NOBODY;
  private final Set<String> failures = new HashSet<>();

  /** Looks after connections and seats. Called on the hub's event loop. */
  interface Owner {

    /** The call failed: another connection is needed, on which the batch will be sent again. */
    void connectionFailed(RedisLink link, Throwable cause);

    /** A batch was carried out. */
    void worked(CallReport report);

    /** The seat is over. */
    void seatIsOver(String why);
  }

  /** Has something done that is not worth a call of its own. Called on the hub's event loop. */
  interface Rider {

    /** What goes along, if anything, in the call that is about to begin, behind all other orders. */
    @Nullable
    Order<?> board();
  }

  /** What is in one call. Compared by identity. */
  private static final class Batch {

    /** Its place among the batches of the seat. */
    private final long number;
    private final List<Order<?>> orders;

    Batch(long number, List<Order<?>> orders) {
      this.number = number;
      this.orders = orders;
    }
  }

  Lane(Context context, LaneLimits limits, RedisKeys keys, RedisScript script, Owner owner) {
    this.context = context;
    this.limits = limits;
    this.keys = keys;
    this.script = script;
    this.owner = owner;
  }

  // ---- any thread

  /**
   * Puts an order in, if there is room and the node is not cut off.
   *
   * @return whether it was put in; if not, nobody is told anything
   */
  boolean offer(Order<?> order) {
    if (!open || orders.get() >= limits.orders() || bytes.get() >= limits.bytes().bytes()) {
      return false;
    }
    add(order);
    return true;
  }

  /**
   * Puts an order in that must not be refused, because it follows from something that was granted
   * before; so there are not more of them than of those. While the node is cut off it fails, as the
   * seat that it is for is over.
   */
  void insist(Order<?> order) {
    if (open) {
      add(order);
    } else {
      context.runOnContext(refused -> order.fail());
    }
  }

  /** Puts an order behind all others, although no others are taken any more. */
  void last(Order<?> order) {
    add(order);
  }

  private void add(Order<?> order) {
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

  /** How many orders wait. */
  int waiting() {
    return orders.get();
  }

  /** How many batches were carried out. */
  long batches() {
    return batches.get();
  }

  /** Whether orders are taken: the node is not cut off. */
  boolean isOpen() {
    return open;
  }

  // ---- the hub's event loop

  /** Puts an order before all others. */
  void hurry(Order<?> order) {
    urgent.addFirst(order);
    pump();
  }

  /**
   * Puts an order before all that are offered or insisted on. None of those is looked at before all
   * urgent ones have been answered. To be followed by {@link #pump} or {@link #connect}.
   */
  void urge(Order<?> order) {
    urgent.addLast(order);
  }

  /** Takes somebody along, instead of whoever rode before. */
  void carry(Rider newRider) {
    rider = newRider;
  }

  /** Takes nobody along any more. */
  void carryNobody() {
    rider = NOBODY;
  }

  /** Takes no orders any more, or takes them again. */
  void setOpen(boolean value) {
    open = value;
  }

  /** A seat begins. */
  void begin(Seat newSeat, int itsGeneration) {
    seat = newSeat;
    generation = itsGeneration;
    lastNumber = 0;
    failures.clear();
    recent.clear();
  }

  /** There is a connection; a batch whose outcome is not known is sent again. */
  void connect(RedisLink newLink) {
    link = newLink;
    if (underWay != null) {
      send(newLink, underWay);
    } else {
      pump();
    }
  }

  /** There is no connection any more. */
  void disconnect() {
    link = null;
  }

  /** The seat is over: what was meant for it fails. */
  void end(int nextGeneration) {
    seat = null;
    generation = nextGeneration;
    Batch unanswered = underWay;
    underWay = null;
    if (unanswered != null) {
      unanswered.orders.forEach(Lane::fail);
    }
    dropOutdated();
  }

  /** Ends what has come in for a seat that is over. */
  void dropOutdated() {
    urgent.removeIf(
        order -> {
          boolean outdated = order.generation() != generation;
          if (outdated) {
            fail(order);
          }
          return outdated;
        });
    for (Order<?> next = queue.peek(); next != null && next.generation() < generation; next =
        queue.peek()) {
      take();
      fail(next);
    }
  }

  /** Begins the next call, if there is something to do and nothing in the way. */
  void pump() {
    if (link != null && seat != null && underWay == null && !concluding) {
      List<Order<?>> next = nextOrders();
      if (!next.isEmpty()) {
        underWay = new Batch(lastNumber + 1, next);
        send(link, underWay);
      }
    }
  }

  private List<Order<?>> nextOrders() {
    List<Order<?>> next = nextFrom(urgent::poll);
    return next.isEmpty() ? withRider(nextFrom(this::take)) : next;
  }

  /** The rider must not be before anything that was ordered before. */
  private List<Order<?>> withRider(List<Order<?>> next) {
    if (!next.isEmpty() && queue.isEmpty()) {
      Order<?> along = rider.board();
      if (along != null) {
        next.add(along);
      }
    }
    return next;
  }

  private List<Order<?>> nextFrom(Supplier<@Nullable Order<?>> source) {
    List<Order<?>> next = new ArrayList<>();
    long size = 0;
    while (next.size() < limits.ordersPerBatch() && size < limits.bytesPerBatch().bytes()) {
      Order<?> order = source.get();
      if (order == null) {
        break;
      }
      if (order.generation() == generation && order.isWanted()) {
        next.add(order);
        size += order.bytesInCall();
      } else {
        fail(order);
      }
    }
    return next;
  }

  private @Nullable Order<?> take() {
    Order<?> order = queue.poll();
    if (order != null) {
      orders.decrementAndGet();
      bytes.addAndGet(-order.size());
    }
    return order;
  }

  private void send(RedisLink over, Batch batch) {
    Seat current = seat;
    if (current == null) {
      throw new IllegalStateException("a batch without a seat");
    }
    Request call =
        Request.cmd(Command.EVALSHA).arg(script.sha1()).arg(1).arg(keys.seat(current))
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
            batch.orders.stream().filter(Order::wouldBeMissed).<Order.Answer<?>>map(Order::answer)
                .toList());
        pump();
      }
      case BatchReply.Fenced(String lost) when lost.isEmpty() -> owner.seatIsOver(
          "another node has ended its place, as it gave no sign of life in time or left too much"
              + " unread");
      case BatchReply.Fenced(String lost) -> owner.seatIsOver(
          "its key '" + lost + "' was deleted or overwritten by other hands");
      case BatchReply.Gap(long last) -> {
        forgotten(last);
        owner.seatIsOver("Redis has lost " + (batch.number - 1 - last) + " of its batches");
      }
      case BatchReply.Results other ->
          owner.seatIsOver("Redis has lost the reply to a batch");
      case null -> owner.seatIsOver("Redis has answered a batch with something else");
    }
  }

  /** Redis knows this batch as the last one: whoever had something in a later one is told. */
  void forgotten(long last) {
    List<Order.Answer<?>> lost = recent.takeAfter(last);
    if (!lost.isEmpty()) {
      LOG.warn("Redis has forgotten {} signals; their senders are told", lost.size());
    }
    lost.forEach(Lane::forget);
  }

  private static @Nullable BatchReply parse(String answer) {
    try {
      return BatchReply.parse(answer);
    } catch (IllegalArgumentException strange) {
      // Not the answer itself, which may hold what users say of themselves.
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

  private void conclude(Order<?> order, String result) {
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

  /** Once for each kind of operation and error as long as the seat lasts. */
  private void report(Order<?> order, RedisTrouble wrong) {
    String operation = name(order);
    if (failures.add(operation + " " + wrong.code())) {
      LOG.error(
          "{} failed in Redis: error={} ({}). {}", operation, wrong.code(), wrong.problem(),
          wrong.advice());
    } else {
      LOG.debug("{} failed in Redis again: {}", operation, wrong.problem());
    }
  }

  /** Not the command itself: it has ids, tokens and what else clients choose. */
  private static String name(Order<?> order) {
    return order.command().getClass().getSimpleName();
  }

  private static void forget(Order.Answer<?> lost) {
    try {
      lost.forgotten();
    } catch (RuntimeException | Error defect) {
      LOG.error("a loss could not be dealt with; please report this", defect);
    }
  }

  private static void fail(Order<?> order) {
    try {
      order.fail();
    } catch (RuntimeException | Error defect) {
      LOG.error("the failure of {} could not be dealt with; please report this", name(order),
          defect);
    }
  }
}
