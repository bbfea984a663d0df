package dev.parley.bench.attack;

import dev.parley.bench.wire.Upgrade;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an attacker. Any thread may read its state; the listener is called in the
 * thread of its event loop.
 */
final class AttackSocket extends ChannelInboundHandlerAdapter implements ServerStream.Receiver {

  private static final int TICK_MILLIS = 10;
  private static final int SWITCHING = 101;
  private static final int LONGEST_HEAD = 1 << 16;

  private final Opening opening;
  private final Tally tally;
  private final ServerStream frames = new ServerStream();
  private final StringBuilder head = new StringBuilder();
  private volatile @Nullable Channel channel;
  private volatile int status;
  private volatile boolean closed;
  private volatile boolean released;
  private volatile int closeCode;
  private final AtomicLong messages = new AtomicLong();
  private double budget;

  AttackSocket(Opening opening, Tally tally) {
    this.opening = opening;
    this.tally = tally;
  }

  Opening opening() {
    return opening;
  }

  /** The status of the answer to its request; 0 until there is one. */
  int status() {
    return status;
  }

  /** The handshake has succeeded, and the connection is not closed. */
  boolean isOpen() {
    return status == SWITCHING && !closed;
  }

  boolean isClosed() {
    return closed;
  }

  /** How it was closed: a code, or 0 without one. */
  int closeCode() {
    return closeCode;
  }

  /** How many messages it got. */
  long messages() {
    return messages.get();
  }

  /** The channel is connected, or has failed. */
  boolean isDecided() {
    return closed || (opening.request().isEmpty() ? channel != null : status != 0);
  }

  /** The socket is not writable: the server reads more slowly, or not at all. */
  boolean isSlowed() {
    Channel to = channel;
    return !closed && to != null && !to.isWritable();
  }

  /** It could not be connected. */
  void failed() {
    tally.got("not connected");
    closed = true;
  }

  /** Sends it as soon as the socket is writable. */
  void send(Burst burst) {
    Channel to = channel;
    if (to == null || closed) {
      return;
    }
    var unused = to.writeAndFlush(Unpooled.wrappedBuffer(burst.bytes())).addListener(done -> {
      if (done.isSuccess()) {
        tally.frames.add(burst.frames());
        tally.bytes.add(burst.bytes().length);
      }
    });
  }

  /**
   * Sends one after the other until it is released, as fast as the server reads.
   *
   * @param bytesPerSecond but no faster than this
   */
  void pump(Supplier<Burst> bursts, double bytesPerSecond) {
    Channel to = channel;
    if (to != null) {
      to.eventLoop().execute(() -> tick(to, bursts, bytesPerSecond * TICK_MILLIS / 1000));
    }
  }

  private void tick(Channel to, Supplier<Burst> bursts, double bytesPerTick) {
    if (closed || released) {
      return;
    }
    budget = Math.min(budget, 10 * bytesPerTick) + bytesPerTick;
    while (budget > 0 && to.isWritable()) {
      Burst burst = bursts.get();
      budget -= burst.bytes().length;
      send(burst);
    }
    var unused = to.eventLoop().schedule(() -> tick(to, bursts, bytesPerTick), TICK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Closes the connection. */
  void release() {
    released = true;
    Channel to = channel;
    if (to != null) {
      var unused = to.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    if (opening.bytesPerSecond() > 0) {
      readSome(ctx);
    }
    if (!opening.request().isEmpty()) {
      send(Burst.raw(opening.request()));
    }
  }

  /** Reads {@link Opening#CHUNK} bytes at a time. */
  private void readSome(ChannelHandlerContext ctx) {
    if (!closed && !released) {
      ctx.read();
      var unused = ctx.executor().schedule(() -> readSome(ctx),
          (long) (1e9 * Opening.CHUNK / opening.bytesPerSecond()), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      tally.received.add(bytes.readableBytes());
      if (status == 0 && !opening.request().isEmpty()) {
        readHead(ctx, bytes);
      }
      if (status == SWITCHING) {
        frames.read(bytes, this);
      }
    } finally {
      bytes.release();
    }
  }

  private void readHead(ChannelHandlerContext ctx, ByteBuf bytes) {
    while (bytes.isReadable() && head.length() < LONGEST_HEAD) {
      head.append((char) bytes.readByte());
      if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        boolean agreed = head.indexOf(Upgrade.ACCEPTED) == 0;
        status = agreed ? SWITCHING : Integer.parseInt(head.substring(9, 12));
        if (!agreed) {
          tally.got("refused with " + status);
        } else if (opening.reading() == Opening.Reading.NOTHING) {
          ctx.channel().config().setAutoRead(false);
        }
        return;
      }
    }
  }

  @Override
  public boolean listens() {
    return opening.listener() != null;
  }

  @Override
  public void message(byte[] content) {
    messages.incrementAndGet();
    Consumer<String> listener = opening.listener();
    if (listener != null) {
      listener.accept(new String(content, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void ping(byte[] content) {
    send(Burst.pong());
  }

  @Override
  public void close(int code) {
    closeCode = code;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!released && !closed && (status == SWITCHING || status == 0)) {
      tally.got(closeCode == 0 ? "closed" : "closed with " + closeCode);
    }
    closed = true;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!released && !closed) {
      tally.got("cut off");
    }
    closed = true;
    var unused = ctx.close();
  }
}
