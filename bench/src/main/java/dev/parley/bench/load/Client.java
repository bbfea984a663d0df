package dev.parley.bench.load;

import dev.parley.bench.wire.MaskedFrame;
import dev.parley.bench.wire.ServerFrames;
import dev.parley.bench.wire.Upgrade;
import dev.parley.bench.wire.WireEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One client's connection, in the thread of its loop. */
final class Client extends ChannelInboundHandlerAdapter
    implements ServerFrames.Receiver, WireEnd.Replies {

  private final WireEnd end;
  private final LoadLoop loop;
  private final Watcher watcher;
  private final ServerFrames frames;
  private final Lane outgoing = new Lane(this);
  private @Nullable Lane incoming;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf pending;

  /** Listener of a client. */
  interface Watcher {
    /** See {@link WireEnd.Heard#KNOWN}. */
    void known(Client client);

    /** See {@link WireEnd.Heard#READY}. */
    void ready(Client client);

    /** The connection ended, or is faulty. */
    void failed(String why, @Nullable Throwable cause);
  }

  Client(WireEnd end, LoadLoop loop, Watcher watcher) {
    this.end = end;
    this.loop = loop;
    this.watcher = watcher;
    this.frames = new ServerFrames(loop.scratch());
  }

  /** What goes from this client to its partner. */
  Lane outgoing() {
    return outgoing;
  }

  /** From now on signals may come from {@code partner}. */
  void hears(Client partner) {
    incoming = partner.outgoing;
  }

  boolean speaks() {
    return end.speaks();
  }

  long unanswered() {
    return end.unanswered();
  }

  String target() {
    return end.target();
  }

  /** Sends a signal at the end of the flush cycle. */
  void write(long number, long nanos) {
    if (pending == null) {
      pending = context().alloc().ioBuffer();
      loop.touch(this);
    }
    end.write(number, nanos, pending);
  }

  /** Flushes the collected signals. */
  void flush() {
    ByteBuf bytes = pending;
    if (bytes != null) {
      pending = null;
      send(bytes);
    }
  }

  private void send(ByteBuf bytes) {
    var unused = context().writeAndFlush(bytes, context().voidPromise());
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    return context;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Upgrade.Done) {
      end.opened(this);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      frames.read(bytes, this);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    loop.flush();
  }

  @Override
  public void message(byte[] bytes, int from, int to) {
    switch (end.hear(bytes, from, to, this)) {
      case NOTHING -> {}
      case KNOWN -> watcher.known(this);
      case READY -> ready(bytes, from, to);
      case SIGNAL -> signal();
      case ALTERED -> altered(bytes, from, to);
    }
  }

  private void ready(byte[] bytes, int from, int to) {
    if (incoming == null) {
      watcher.ready(this);
    } else {
      altered(bytes, from, to);
    }
  }

  private void signal() {
    Lane lane = lane("a signal");
    lane.arrived(end.last());
    loop.arrived(end.last().nanos());
    loop.settled(lane);
  }

  private void altered(byte[] bytes, int from, int to) {
    Lane lane = lane(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    lane.arrivedAltered();
    loop.settled(lane);
  }

  private Lane lane(String message) {
    if (incoming == null) {
      throw new IllegalStateException("the server says too early: " + message);
    }
    return incoming;
  }

  @Override
  public void ping(byte[] content) {
    ByteBuf pong = context().alloc().ioBuffer();
    MaskedFrame.pong(content).writeTo(pong);
    send(pong);
  }

  @Override
  public void close(int code) {
    watcher.failed("the server closed a connection with code " + code, null);
  }

  @Override
  public void text(String message) {
    ByteBuf bytes = context().alloc().ioBuffer();
    MaskedFrame.text(message).writeTo(bytes);
    send(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    watcher.failed("a connection ended", null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    watcher.failed("a connection failed: " + cause, cause);
  }
}
