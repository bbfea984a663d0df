package dev.parley.net.websocket;

import dev.parley.net.frame.FrameSink;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.LoopDelay;
import dev.parley.net.limits.TokenBucket;
import dev.parley.signal.Delivery;
import dev.parley.switchboard.Loop;
import dev.parley.switchboard.SessionHost;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flush cycle of one event loop: at the end of an event-loop run it handles queued deliveries, then
 * flushes each touched connection once. A Netty event loop reads sockets first and runs tasks after
 * that, so everything read in a run is written by the task of the same run.
 *
 * <p>Work that grows with input, or with the size of a room, runs in slices, and the loop serves
 * all other sockets in between. A task that resubmits itself would not achieve that: Netty runs
 * tasks for up to a second before it polls sockets again. Scheduled tasks are polled once per run,
 * after the sockets; so {@link #afterOthers} schedules without a delay.
 */
public final class FlushCycle implements Loop {

  /** The time slice of one kind of work. */
  static final long SLICE_NANOS = Duration.ofMillis(1).toNanos();

  /**
   * The most deliveries between two flushes; with more, the loop writes and reads in between, so
   * that no client waits for all of them.
   */
  private static final int MAX_DELIVERIES = 2048;

  /** So few are handled in order of arrival, of whatever kind, if none is queued. */
  private static final int FEW_DELIVERIES = 64;

  /** The most deliveries moved into the backlog between two flushes, which is cheap. */
  private static final int MAX_TAKEN = 8192;

  /**
   * The most bytes between two flushes, for the same reason; such buffers are not accounted for.
   */
  private static final long MAX_UNWRITTEN = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(FlushCycle.class);

  private final EventLoop eventLoop;
  private final ConnectionTable connections;
  private final TokenBucket.Speed speed;
  private final HeldInput input;
  private final ArrayDeque<Item> fromHere = new ArrayDeque<>();
  private final Queue<Item> fromElsewhere = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ArrayList<WebSocketConnection> touched = new ArrayList<>();
  private final Runnable cycle = this::cycle;
  private final Runnable nextCycle = this::nextCycle;
  private final DeliveryBacklog<SessionHost> backlog = new DeliveryBacklog<>();
  private final ReadBacklog unread = new ReadBacklog(this);
  private final EndBacklog ends = new EndBacklog(this);
  private final ArrivalBacklog arrivals = new ArrivalBacklog(this);
  private final TaskBacklog tasks = new TaskBacklog(this);
  private final FrameSink sink = new FrameSink();
  private final NodeOutput output;
  private long unwritten;
  private boolean scheduled;
  private boolean goesOn;
  private int weight = 1;

  private record Item(SessionHost host, Delivery delivery) {}

  /**
   * @param inputBound bound of the retained input of this loop's connections
   * @param output accounts for output of all loops
   */
  public FlushCycle(EventLoop eventLoop, Limits limits, LongSupplier inputBound,
      NodeOutput output) {
    this.output = output;
    this.eventLoop = eventLoop;
    this.connections = new ConnectionTable(eventLoop, limits);
    this.speed = TokenBucket.Speed.of(limits);
    this.input = new HeldInput(inputBound);
  }

  @Override
  public void enqueue(SessionHost host, Delivery delivery) {
    Item item = new Item(host, delivery);
    if (!eventLoop.inEventLoop()) {
      fromElsewhere.add(item);
      // Read before written: even a failed compareAndSet takes the cache line away from other
      // cores.
      if (!woken.get() && woken.compareAndSet(false, true)) {
        eventLoop.execute(cycle);
      }
    } else {
      // A delivery of this loop may be the consequence of one from another loop, as a departure is
      // of the peer's end: then it must not overtake that.
      Queue<Item> queue = fromElsewhere.isEmpty() ? fromHere : fromElsewhere;
      queue.add(item);
      schedule();
    }
  }

  @Override
  public void perform(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /** The connection has output to flush at the end of this cycle. */
  void touch(WebSocketConnection connection) {
    touched.add(connection);
    schedule();
  }

  /** So many bytes were buffered for the flush at the end of this cycle. */
  void wrote(int bytes) {
    unwritten += bytes;
  }

  /** Accounts for output of all loops. */
  NodeOutput output() {
    return output;
  }

  /** Runs {@code task} on this loop, after the current task. */
  public void later(Runnable task) {
    eventLoop.execute(task);
  }

  /** Runs {@code task} on this loop after the sockets and tasks that are ready now. */
  void afterOthers(Runnable task) {
    var unused = eventLoop.schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  /** Runs {@code task} on this loop after a delay. */
  Future<?> schedule(Runnable task, long nanos) {
    return eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs {@code task} on this loop repeatedly, with a fixed delay. */
  public Future<?> repeat(Runnable task, long nanos) {
    return eventLoop.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Sets the weight of frames and their bytes. */
  public void weigh(int times) {
    weight = times;
  }

  /** The weight of frames and their bytes: more than 1 while the node is overloaded. */
  int weight() {
    return weight;
  }

  /** The frame encoder, shared by all connections of the loop. */
  FrameSink sink() {
    return sink;
  }

  /** The rate limits of each client. */
  TokenBucket.Speed speed() {
    return speed;
  }

  /** Connections of this loop with a read backlog. */
  ReadBacklog unread() {
    return unread;
  }

  /** Reads of connections of this loop that are not WebSockets yet. */
  public ArrivalBacklog arrivals() {
    return arrivals;
  }

  /** Lost connections of this loop that are still to be cleaned up. */
  public EndBacklog ends() {
    return ends;
  }

  /** How long sliced deliveries have waited; see {@link LoopDelay}. */
  public long backlogNanos(long now) {
    return backlog.delayNanos(now);
  }

  /** The retained input of this loop's connections. */
  public HeldInput input() {
    return input;
  }

  /** The connections of this loop. */
  public ConnectionTable connections() {
    return connections;
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      eventLoop.execute(cycle);
    }
  }

  /** Deliveries that this loop queues meanwhile belong to this cycle, and schedule no other one. */
  private void cycle() {
    scheduled = true;
    woken.set(false);
    try {
      handOver();
    } finally {
      flush();
      scheduled = false;
      if (!(fromHere.isEmpty() && fromElsewhere.isEmpty()) && !goesOn) {
        schedule();
      }
    }
  }

  private void nextCycle() {
    goesOn = false;
    cycle();
  }

  private void handOver() {
    int handled = 0;
    int taken = 0;
    boolean more = false;
    while (!more) {
      Item item = next();
      if (item == null) {
        break;
      }
      boolean few = handled < FEW_DELIVERIES && backlog.isEmpty();
      if (!few && backlog.takes(item.host, item.delivery)) {
        more = ++taken == MAX_TAKEN;
      } else {
        handle(item.host, item.delivery);
        more = ++handled == MAX_DELIVERIES || unwritten > MAX_UNWRITTEN;
      }
    }
    if (!goesOn) {
      handOverBacklog();
      if (more || !backlog.isEmpty()) {
        goesOn = true;
        afterOthers(nextCycle);
      }
    }
  }

  /** One slice per event-loop run, however many flush cycles it has. */
  private void handOverBacklog() {
    if (!backlog.isEmpty()) {
      long end = System.nanoTime() + SLICE_NANOS;
      long limit = unwritten + MAX_UNWRITTEN / 4;
      backlog.handOver(FlushCycle::handle,
          () -> unwritten > limit || System.nanoTime() - end >= 0);
    }
  }

  /** A failure costs its own participant only. */
  private static void handle(SessionHost host, Delivery delivery) {
    try {
      host.handle(delivery);
    } catch (RuntimeException | Error failure) {
      LOG.error("a delivery failed, please report this", failure);
    }
  }

  private void flush() {
    unwritten = 0;
    for (int i = 0; i < touched.size(); i++) {
      WebSocketConnection connection = touched.get(i);
      try {
        connection.flush();
      } catch (RuntimeException | Error failure) {
        connection.failed(failure);
      }
    }
    touched.clear();
  }

  private @Nullable Item next() {
    Item item = fromHere.poll();
    return item == null ? fromElsewhere.poll() : item;
  }
}
