package dev.parley.net;

import dev.parley.dialect.CloseWords;
import dev.parley.dialect.TextEncoder;
import dev.parley.signal.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side of one WebSocket: frames of a turn come together in one buffer and are written
 * at its end, and what the client does not take is counted ({@link PendingOutput}). It is the only
 * writer of its channel. Frames are whole or not there at all, even if memory is short. Event loop
 * only.
 */
final class ConnectionOutput {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionOutput.class);
  private static final int SMALL_BATCH = 256;
  private static final int LARGE_BATCH = 32 * 1024;
  private static final int GROWTH = 4;
  private static final int USUAL_FRAME = 1536;
  private static final int SMALL_COPY = 1024;
  private static final byte[] PING = {(byte) 0x89, 0};
  private static final int PONG = 0x8A;
  private static final int CLOSE = 0x88;

  private final WebSocketConnection connection;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf batch;
  /** What the channel had not written when it was flushed last, and what it was given since. */
  private long queued;
  /** Null if the client has taken everything that was flushed. */
  private @Nullable PendingOutput pending;

  /**
   * @param connection whose output it is
   */
  ConnectionOutput(WebSocketConnection connection) {
    this.connection = connection;
  }

  /** There is a channel to write to. */
  void open(ChannelHandlerContext ctx) {
    context = ctx;
  }

  boolean isOpen() {
    return context != null;
  }

  // ---- frames

  /** Puts one message. */
  <T> void send(T message, TextEncoder<T> encoder) {
    ByteBuf target = batchWithRoom();
    int start = target.writerIndex();
    connection.turn().sink().frame(target, message, encoder);
    int length = target.writerIndex() - start;
    connection.turn().wrote(length);
    if (length > nodeOutput().mark()) {
      keepApart(length);
    }
  }

  /** Puts a ping. */
  void ping() {
    batch(PING.length).ensureWritable(PING.length).writeBytes(PING);
  }

  /** Puts the answer to a ping. */
  void pong(byte[] content) {
    batch(content.length + 2).ensureWritable(content.length + 2)
        .writeByte(PONG).writeByte(content.length).writeBytes(content);
  }

  /** Puts a close; false if there is no memory for it: then the connection ends without a word. */
  boolean close(CloseWords words) {
    byte[] text = Bytes.utf8(words.text()).array();
    boolean coded = words.code() != CloseWords.WITHOUT_CODE;
    int length = coded ? 2 + text.length : 0;
    try {
      ByteBuf out = batch(length + 2).ensureWritable(length + 2);
      out.writeByte(CLOSE).writeByte(length);
      if (coded) {
        out.writeShort(words.code()).writeBytes(text);
      }
      return true;
    } catch (OutOfMemoryError none) {
      LOG.debug("connection {} is closed without a word for want of memory", connection.id(), none);
      countClosed(NodeOutput.Cause.NO_MEMORY);
      return false;
    }
  }

  /** What was sent in this turn, and will be written together at its end. */
  private ByteBuf batch(int room) {
    ByteBuf begun = batch;
    if (begun == null) {
      begun = channel().alloc().directBuffer(room);
      batch = begun;
      connection.turn().touch(connection);
    }
    return begun;
  }

  /**
   * The batch, with room for a usual frame. One that has none is handed over as it is, to be
   * written together with the next: to let it grow would copy what is in it.
   */
  private ByteBuf batchWithRoom() {
    ByteBuf begun = batch;
    if (begun == null || begun.readableBytes() < SMALL_COPY
        || begun.writableBytes() >= USUAL_FRAME) {
      return batch(SMALL_BATCH);
    }
    int room = Math.min(GROWTH * begun.capacity(), LARGE_BATCH);
    // Before there is a next one: if that fails, this one has been given away.
    batch = null;
    handOver(begun);
    return batch(room);
  }

  // ---- writing

  private void handOver(ByteBuf ready) {
    queued += ready.readableBytes();
    ChannelHandlerContext ctx = context;
    PendingOutput waits = pending;
    long before = waits == null ? 0 : unwritten();
    if (ctx == null) {
      ready.release();
      return;
    }
    var unused = ctx.write(ready, ctx.voidPromise());
    if (waits != null) {
      waits.put(unwritten() - before);
    }
  }

  /** Writes what has come together. */
  void flush() {
    ByteBuf ready = batch;
    batch = null;
    if (ready == null) {
      return;
    }
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      ready.release();
    } else if (!ready.isReadable()) {
      ready.release();
      ctx.flush();
      settle(0);
    } else {
      PendingOutput waits = pending;
      int length = ready.readableBytes();
      long before = waits == null ? 0 : unwritten();
      var unused = ctx.writeAndFlush(ready, ctx.voidPromise());
      settle(waits == null ? 0 : Math.max(length, unwritten() - before));
    }
  }

  /** Writes everything that there is, what was handed over without a batch behind it included. */
  void flushAll() {
    flush();
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.flush();
    }
  }

  /** Writes everything that there is, and closes the channel behind it. */
  void closeChannelWhenWritten() {
    flush();
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The channel is gone, and so is what was not written. */
  void release() {
    ByteBuf left = batch;
    batch = null;
    if (left != null) {
      left.release();
    }
    nothingPends();
  }

  // ---- what the client does not take

  /** Whether the client has not taken everything that was flushed. */
  boolean isPending() {
    return pending != null;
  }

  /** A signal is refused above half of what may wait: the rest is for what cannot be refused. */
  boolean hasRoom() {
    return (pending == null && waiting() <= nodeOutput().mark()) || hasRoomAfterFlush();
  }

  private boolean hasRoomAfterFlush() {
    NodeOutput output = nodeOutput();
    if (waiting() > output.mark()) {
      flush();
      settle(0);
    }
    return waiting() <= output.mark() && (pending == null || !output.isExceeded());
  }

  /**
   * What was put for the client and has not been written, as far as is known: at least as much as
   * it is.
   */
  private long waiting() {
    ByteBuf begun = batch;
    return queued + (begun == null ? 0 : begun.readableBytes());
  }

  /** What the channel has and has not written, to the byte. */
  private long unwritten() {
    ChannelOutboundBuffer outbound = channel().unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
  }

  /**
   * Notes what a flush has left.
   *
   * @param put how much the flush has put behind what was left before
   */
  private void settle(long put) {
    long left = unwritten();
    queued = left;
    PendingOutput waits = pending;
    if (left == 0) {
      nothingPends();
      return;
    }
    if (waits == null) {
      waits = new PendingOutput(connection, left, System.nanoTime());
      pending = waits;
    } else {
      waits.put(put);
    }
    nodeOutput().count(waits, left);
  }

  private void nothingPends() {
    PendingOutput waits = pending;
    if (waits != null) {
      pending = null;
      nodeOutput().count(waits, 0);
    }
  }

  /** A large answer is written at once, and what is left of it does not count as too much. */
  private void keepApart(int length) {
    flush();
    PendingOutput waits = pending;
    if (waits != null) {
      waits.putLarge(length);
    }
  }

  /**
   * Whether far more waits than may, although the client reads: that takes many that say more to it
   * than it can read. One answer is never too much.
   */
  boolean isExcessive() {
    PendingOutput waits = pending;
    if (waits == null || waiting() - waits.largest() <= nodeOutput().excess()) {
      return false;
    }
    flush();
    settle(0);
    return pending != null && waiting() - waits.largest() > nodeOutput().excess();
  }

  /**
   * Looks at how much the client takes; called about once a second. True if too much waits and it
   * has taken nothing for too long.
   */
  boolean isStalled(long now) {
    settle(0);
    PendingOutput waits = pending;
    if (waits == null) {
      return false;
    }
    waits.look(queued, now);
    return queued > nodeOutput().most() && waits.stalledFor(now) > nodeOutput().stall();
  }

  /** The connection is closed because of its output. */
  void countClosed(NodeOutput.Cause cause) {
    LOG.debug("closed because of its output: connection={} cause={} pending={}", connection.id(),
        cause, queued);
    nodeOutput().closed(cause, connection.client(), queued);
  }

  private NodeOutput nodeOutput() {
    return connection.turn().output();
  }

  private Channel channel() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not added to a channel yet");
    }
    return ctx.channel();
  }
}
