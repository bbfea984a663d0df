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
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
  private static final int FEW_DELIVERIES = DeliveryIntake.FEW;

  /** The most deliveries moved into the backlog between two flushes, which is cheap. */
  private static final int MAX_TAKEN = 8192;

  /** The time is read once in so many of them. */
  private static final int TAKEN_BETWEEN_LOOKS = 256;

  /**
   * The most bytes between two flushes, for the same reason; such buffers are not accounted for.
   */
  private static final long MAX_UNWRITTEN = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(FlushCycle.class);

  private final EventLoop eventLoop;
  private final ConnectionTable connections;
  private final TokenBucket.Speed speed;
  private final HeldInput input;
  private final DeliveryIntake<SessionHost> intake = new DeliveryIntake<>();
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
    if (eventLoop.inEventLoop()) {
      intake.addFromHere(host, delivery);
      schedule();
    } else if (intake.addFromElsewhere(host, delivery)) {
      eventLoop.execute(cycle);
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
    return Math.max(backlog.delayNanos(now), intake.delayNanos(now));
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
    intake.awake();
    try {
      handOver();
    } finally {
      flush();
      scheduled = false;
      if (!goesOn && !intake.isEmpty()) {
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
    if (!goesOn) {
      intake.openGroups();
    }
    while (!more) {
      DeliveryIntake.Item<SessionHost> item = intake.next();
      if (item == null) {
        break;
      }
      if (takes(item, handled)) {
        more = ++taken == MAX_TAKEN;
      } else {
        handle(item.host(), item.delivery());
        more = ++handled == MAX_DELIVERIES || unwritten > MAX_UNWRITTEN;
      }
    }
    if (!goesOn) {
      more |= takeGroups(handled);
      handOverBacklog();
      if (more || !backlog.isEmpty()) {
        goesOn = true;
        afterOthers(nextCycle);
      }
    }
  }

  private boolean takes(DeliveryIntake.Item<SessionHost> item, int handled) {
    boolean few = handled < FEW_DELIVERIES && backlog.isEmpty();
    return !few && backlog.takes(item.host(), item.delivery());
  }

  /**
   * Takes group deliveries; one slice per event-loop run, as for the backlog.
   *
   * @return whether there are more
   */
  private boolean takeGroups(int handledBefore) {
    int handled = handledBefore;
    int taken = 0;
    long end = 0;
    while (taken < MAX_TAKEN && handled < MAX_DELIVERIES && unwritten <= MAX_UNWRITTEN) {
      DeliveryIntake.Item<SessionHost> item = intake.nextOfGroups();
      if (item == null) {
        return false;
      }
      if (!takes(item, handled)) {
        handle(item.host(), item.delivery());
        handled++;
      } else if (taken++ % TAKEN_BETWEEN_LOOKS == 0) {
        long now = System.nanoTime();
        if (end == 0) {
          end = now + SLICE_NANOS;
        } else if (now - end >= 0) {
          break;
        }
      }
    }
    return true;
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

  /** A failure costs its own session host only. */
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
}
