package dev.parley.bench.attack;

import dev.parley.bench.load.Sockets;
import dev.parley.bench.machine.Waits;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The stage of an attack: one event loop with the connections of the attackers, and their time
 * limit. Used by one thread.
 */
final class Stage implements AutoCloseable {

  /** Opened together, so that no backlog overflows. */
  private static final int WAVE = 50;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int OPEN_MILLIS = 30_000;
  private static final int SMALL_BUFFER = 64 * 1024;
  private static final int LEAST_MILLIS = 10_000;
  private static final int PAUSE_FOR_ENDING_MILLIS = 5000;

  private final int port;
  private final boolean thorough;
  private final double seconds;
  private final EventLoopGroup group = Sockets.best().loops(1);
  private final EventLoop loop = group.next();
  private final Tally tally = new Tally();
  private final String prefix = Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final List<AttackSocket> sockets = new ArrayList<>();
  private long deadline;
  private boolean begun;

  /**
   * A stage.
   *
   * @param port of the server on loopback
   * @param thorough whether attacks have their whole size
   * @param seconds how long the attack is to be, from when it is first asked whether it goes on
   */
  Stage(int port, boolean thorough, double seconds) {
    this.port = port;
    this.thorough = thorough;
    this.seconds = seconds;
  }

  Tally tally() {
    return tally;
  }

  /** A name that no earlier attack has used. */
  String named(String name) {
    return prefix + name;
  }

  /** How many of something there are to be: so many, or so many in a quick run. */
  int count(int whole, int quick) {
    return thorough ? whole : quick;
  }

  /** An address of attackers on loopback. */
  static String stranger(int number) {
    return "127.0." + (1 + number / 200) + "." + (2 + number % 200);
  }

  /** Opens one and waits until it is open or refused. */
  AttackSocket open(Opening opening) throws InterruptedException {
    return open(1, number -> opening).getFirst();
  }

  /**
   * Opens many and waits until each of them is open or refused; fewer, if the server takes too
   * long.
   */
  List<AttackSocket> open(int count, IntFunction<Opening> openings) throws InterruptedException {
    List<AttackSocket> opened = new ArrayList<>();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OPEN_MILLIS);
    for (int from = 0; from < count && System.nanoTime() - until < 0; from += WAVE) {
      List<AttackSocket> wave = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + WAVE); i++) {
        wave.add(connect(openings.apply(i)));
      }
      await(() -> wave.stream().allMatch(AttackSocket::isDecided), CONNECT_MILLIS);
      opened.addAll(wave);
    }
    return opened;
  }

  /** Opens one and does not wait. */
  AttackSocket connect(Opening opening) {
    AttackSocket socket = new AttackSocket(opening, tally);
    sockets.add(socket);
    tally.did("connections", 1);
    boolean slow = opening.reading() != Opening.Reading.ALL;
    Bootstrap bootstrap = Sockets.best().on(loop)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.AUTO_READ, opening.reading() != Opening.Reading.SLOWLY)
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(socket);
          }
        });
    if (slow) {
      bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER)
          .option(ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(Opening.CHUNK).maxMessagesPerRead(1));
    }
    var unused = bootstrap
        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new InetSocketAddress(opening.source(), 0))
        .addListener(done -> {
          if (!done.isSuccess()) {
            socket.failed();
          }
        });
    return socket;
  }

  /** Waits for something, but no longer than so many milliseconds. */
  boolean await(BooleanSupplier done, long millis) throws InterruptedException {
    return Waits.until(done, millis);
  }

  /** Whether there is time left. */
  boolean goesOn() {
    return nanosLeft() > 0;
  }

  private long nanosLeft() {
    if (!begun) {
      begun = true;
      deadline = System.nanoTime() + (long) (seconds * 1e9);
    }
    return deadline - System.nanoTime();
  }

  /** Waits until the time is over, or something is done. */
  boolean untilOver(BooleanSupplier done) throws InterruptedException {
    return await(done, TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanosLeft())));
  }

  /**
   * Waits until the time is over, or a condition holds; longer for a minimum of it, so that an
   * attack has an effect on a busy machine, too.
   */
  void untilOver(BooleanSupplier done, BooleanSupplier least) throws InterruptedException {
    if (!untilOver(done)) {
      var unused = await(least, LEAST_MILLIS);
    }
  }

  /** Waits until the time is over. */
  void untilOver() throws InterruptedException {
    var unused = untilOver(() -> false);
  }

  /** Notes which connections are read more slowly than they send. */
  void noteSlowed() {
    sockets.stream().filter(AttackSocket::isSlowed).forEach(socket -> tally.got("slowed"));
  }

  /** Closes all connections. */
  @Override
  public void close() {
    sockets.forEach(AttackSocket::release);
    group.shutdownGracefully(0, PAUSE_FOR_ENDING_MILLIS, TimeUnit.MILLISECONDS)
        .syncUninterruptibly();
  }
}
