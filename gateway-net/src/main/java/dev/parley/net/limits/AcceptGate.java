package dev.parley.net.limits;

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
 * Admission gate for accepted sockets: reserves file descriptors for the management port, Redis,
 * and certificates. A process that cannot answer its probes is killed with all of its clients. A
 * client above the limit is accepted and closed at once, before it costs anything else.
 * Thread-safe.
 */
public final class AcceptGate {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);

  /** For probes and scrapes, reconnects to Redis, and files. */
  private static final int RESERVE = 64;

  private static final long LOG_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Supplier<Optional<FileDescriptors>> files;
  private final Counter shed;
  private final AtomicInteger clients = new AtomicInteger();
  /** Shared by all channels. */
  private final ChannelFutureListener leaving = closed -> clients.decrementAndGet();
  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);
  private volatile boolean guarding;
  private volatile Predicate<Channel> admission = client -> true;
  private volatile int most = Integer.MAX_VALUE;

  /** A gate without a limit. */
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

  /** Wraps {@code transport}, so that all servers of a Vert.x go through this gate. */
  public Transport over(Transport transport) {
    return new GuardedTransport.Named(transport, this);
  }

  /** Enforces the limit of {@link #measure} on servers that listen from now on. */
  public void guard() {
    guarding = true;
    var unused = measure();
  }

  /**
   * Measures how many clients there are descriptors for, beside those in use by anything else.
   *
   * @return that number; empty if the system does not report it
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

  /**
   * Once the gate is enforced, it also closes clients that {@code admission} rejects. {@code
   * admission} may add handlers to the pipeline of a client: they run before those of Vert.x.
   */
  public void admit(Predicate<Channel> admission) {
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
