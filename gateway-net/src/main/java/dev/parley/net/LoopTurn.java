package dev.parley.net;

import dev.parley.signal.Delivery;
import dev.parley.switchboard.Loop;
import dev.parley.switchboard.Participant;
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
 * One event loop and what it has to do at the end of a turn: hand deliveries to participants, then
 * write what has come together, once for each connection. Reading comes first in a turn of a Netty
 * event loop and tasks after it, so whatever was read in a turn is written by the task of the same
 * turn.
 *
 * <p>Work that grows with what clients send or with how many are in a room is done in slices, and
 * the loop reads and writes for all others in between. A task that submits itself again is no way
 * to do that: Netty runs tasks for up to a second before it looks at sockets again. Tasks that are
 * due at a time are taken up once in a round, behind the sockets; so {@link #afterOthers} has them
 * due at once.
 */
final class LoopTurn implements Loop {

  /** How long one kind of work may take before all others have their turn. */
  static final long SLICE_NANOS = Duration.ofMillis(1).toNanos();

  /**
   * Deliveries between two flushes; a loop that has more to hand over writes and reads in between,
   * so that no client waits for all of it.
   */
  private static final int MAX_DELIVERIES = 2048;

  /** So few are handed over as they come, of whatever kind, if none waits. */
  private static final int FEW_DELIVERIES = 64;

  /** Deliveries that may be put into the backlog between two flushes; that takes little. */
  private static final int MAX_TAKEN = 8192;

  /** Bytes between two flushes, for the same reason; as many wait in buffers that are not counted. */
  private static final long MAX_UNWRITTEN = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(LoopTurn.class);

  private final EventLoop eventLoop;
  private final ConnectionTable connections;
  private final Allowance.Speed speed;
  private final HeldInput input;
  private final ArrayDeque<Item> fromHere = new ArrayDeque<>();
  private final Queue<Item> fromElsewhere = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final ArrayList<WebSocketConnection> touched = new ArrayList<>();
  private final Runnable turn = this::turn;
  private final Runnable nextTurn = this::nextTurn;
  private final DeliveryBacklog<Participant> backlog = new DeliveryBacklog<>();
  private final ReadBacklog unread = new ReadBacklog(this);
  private final EndBacklog ends = new EndBacklog(this);
  private final TaskBacklog tasks = new TaskBacklog(this);
  private final FrameSink sink = new FrameSink();
  private final NodeOutput output;
  private long unwritten;
  private boolean scheduled;
  private boolean goesOn;
  private int weight = 1;

  private record Item(Participant participant, Delivery delivery) {}

  /**
   * @param inputBound how many bytes the connections of this loop may have sent that are kept
   * @param output what waits for the clients of all loops
   */
  LoopTurn(EventLoop eventLoop, Limits limits, LongSupplier inputBound, NodeOutput output) {
    this.output = output;
    this.eventLoop = eventLoop;
    this.connections = new ConnectionTable(eventLoop, limits);
    this.speed = Allowance.Speed.of(limits);
    this.input = new HeldInput(inputBound);
  }

  @Override
  public void enqueue(Participant participant, Delivery delivery) {
    Item item = new Item(participant, delivery);
    if (!eventLoop.inEventLoop()) {
      fromElsewhere.add(item);
      // Looked at first: even in vain, to set it takes its cache line away from the other cores.
      if (!woken.get() && woken.compareAndSet(false, true)) {
        eventLoop.execute(turn);
      }
    } else {
      // What this loop hands over may be the consequence of what another one did before, as the
      // departure of a peer is of its end: then it must not overtake that one's deliveries.
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

  /** The connection has something to write at the end of this turn. */
  void touch(WebSocketConnection connection) {
    touched.add(connection);
    schedule();
  }

  /** So much was put into a buffer that is written at the end of this turn. */
  void wrote(int bytes) {
    unwritten += bytes;
  }

  /** What waits for the clients of all loops. */
  NodeOutput output() {
    return output;
  }

  /** Runs {@code task} on this loop, after whatever runs now. */
  void later(Runnable task) {
    eventLoop.execute(task);
  }

  /** Runs {@code task} on this loop after the sockets and tasks that are ready now. */
  void afterOthers(Runnable task) {
    var unused = eventLoop.schedule(task, 0, TimeUnit.NANOSECONDS);
  }

  /** Runs {@code task} on this loop after a while. */
  Future<?> schedule(Runnable task, long nanos) {
    return eventLoop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs {@code task} on this loop again and again, {@code nanos} after it has run. */
  Future<?> repeat(Runnable task, long nanos) {
    return eventLoop.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** How often a frame and its bytes count from now on. */
  void weigh(int times) {
    weight = times;
  }

  /** How often a frame and its bytes count: more than once while the node is overloaded. */
  int weight() {
    return weight;
  }

  /** Writes frames; one will do for all connections of a loop. */
  FrameSink sink() {
    return sink;
  }

  /** What each client may send; the same for all. */
  Allowance.Speed speed() {
    return speed;
  }

  /** The connections of this loop that are read in slices. */
  ReadBacklog unread() {
    return unread;
  }

  /** The connections of this loop that are gone. */
  EndBacklog ends() {
    return ends;
  }

  /** How long deliveries have waited that are handed over in slices; see {@link LoopDelay}. */
  long backlogNanos(long now) {
    return backlog.delayNanos(now);
  }

  /** What the connections of this loop have sent and is kept. */
  HeldInput input() {
    return input;
  }

  /** The connections that live on this loop. */
  ConnectionTable connections() {
    return connections;
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      eventLoop.execute(turn);
    }
  }

  /** What comes meanwhile from this loop belongs to this turn, and needs no other one. */
  private void turn() {
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

  private void nextTurn() {
    goesOn = false;
    turn();
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
      if (!few && backlog.takes(item.participant, item.delivery)) {
        more = ++taken == MAX_TAKEN;
      } else {
        handle(item.participant, item.delivery);
        more = ++handled == MAX_DELIVERIES || unwritten > MAX_UNWRITTEN;
      }
    }
    if (!goesOn) {
      handOverBacklog();
      if (more || !backlog.isEmpty()) {
        goesOn = true;
        afterOthers(nextTurn);
      }
    }
  }

  /** One slice in a round of the event loop, however many turns there are. */
  private void handOverBacklog() {
    if (!backlog.isEmpty()) {
      long end = System.nanoTime() + SLICE_NANOS;
      long limit = unwritten + MAX_UNWRITTEN / 4;
      backlog.handOver(LoopTurn::handle,
          () -> unwritten > limit || System.nanoTime() - end >= 0);
    }
  }

  /** What fails costs the participant that it is for, and the others get theirs. */
  private static void handle(Participant participant, Delivery delivery) {
    try {
      participant.handle(delivery);
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
