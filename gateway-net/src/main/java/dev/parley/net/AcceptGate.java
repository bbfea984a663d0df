package dev.parley.net;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds file descriptors back from clients, so that the management port, Redis and the certificates
 * never lack one: a process that cannot answer its probes is killed with all of its clients. A
 * client beyond that is accepted and closed at once, before it costs anything else. Any thread.
 */
public final class AcceptGate {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);

  /** For probes and scrapes, connections to Redis that are made again, and files that are read. */
  private static final int RESERVE = 64;

  private static final long LOG_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<Optional<FileDescriptors>> files;
  private final Counter shed;
  private final AtomicInteger clients = new AtomicInteger();
  /** One for all of them. */
  private final ChannelFutureListener leaving = closed -> clients.decrementAndGet();
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);
  private volatile boolean guarding;
  private volatile Predicate<Channel> admission = client -> true;
  private volatile int most = Integer.MAX_VALUE;

  /** A gate that stands open. */
  public AcceptGate(MeterRegistry metrics) {
    this(metrics, FileDescriptors::now);
  }

  AcceptGate(MeterRegistry metrics, Supplier<Optional<FileDescriptors>> files) {
    this.files = files;
    this.shed =
        Counter.builder("parley.connections.shed")
            .description("connections closed when they were accepted, for lack of open files")
            .register(metrics);
  }

  /** The transport of a Vert.x whose servers go through this gate, over {@code transport}. */
  public Transport over(Transport transport) {
    return new GuardedTransport.Named(transport, this);
  }

  /** The clients of servers that listen from now on are held to what {@link #measure} finds. */
  public void guard() {
    guarding = true;
    var unused = measure();
  }

  /**
   * Finds out how many clients there is room for, beside what else is open now.
   *
   * @return that number; empty if the system does not tell
   */
  public OptionalInt measure() {
    Optional<FileDescriptors> now = files.get();
    if (now.isEmpty()) {
      return OptionalInt.empty();
    }
    long left = Math.max(0, now.get().max() - now.get().open() + clients.get());
    int room = (int) Math.min(Integer.MAX_VALUE, left - Math.min(RESERVE, left / 2));
    most = room;
    return OptionalInt.of(room);
  }

  /** Clients that {@code admission} does not let in are closed as well, once it guards. */
  void admit(Predicate<Channel> admission) {
    this.admission = admission;
  }

  boolean isGuarding() {
    return guarding;
  }

  /** The handler of one listening socket. */
  final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Channel client && !(enter(client) && admission.test(client))) {
        client.unsafe().closeForcibly();
      } else {
        ctx.fireChannelRead(message);
      }
    }
  }

  private boolean enter(Channel client) {
    if (clients.incrementAndGet() > most) {
      clients.decrementAndGet();
      shed.increment();
      report();
      return false;
    }
    client.closeFuture().addListener(leaving);
    return true;
  }

  private void report() {
    long now = System.nanoTime();
    long before = loggedAt.get();
    if (now - before >= LOG_PAUSE_NANOS && loggedAt.compareAndSet(before, now)) {
      LOG.warn(
          "too few open files, clients are closed when they connect: clients={} {}; raise the limit"
              + " of open files (ulimit -n, LimitNOFILE)",
          most, files.get().map(at -> "files=" + at.max()).orElse(""));
    }
  }
}
