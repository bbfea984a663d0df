package dev.parley.net.websocket;

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
 * The output side of one WebSocket, and the only writer of its channel. Frames of a flush cycle are
 * coalesced into one buffer and written at its end; what the client does not read is accounted for
 * ({@link PendingOutput}). A frame is written whole or not at all, even if memory is short.
 * Confined to the event loop.
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
  /** Unwritten bytes of the channel at the last flush, plus those passed to it since. */
  private long queued;
  /** Null if the client has read everything that was flushed. */
  private @Nullable PendingOutput pending;

  /** @param connection the owner of this output */
  ConnectionOutput(WebSocketConnection connection) {
    this.connection = connection;
  }

  /** The channel is open for output. */
  void open(ChannelHandlerContext ctx) {
    context = ctx;
  }

  boolean isOpen() {
    return context != null;
  }

  // ---- frames

  <T> void send(T message, TextEncoder<T> encoder) {
    ByteBuf target = batchWithRoom();
    int start = target.writerIndex();
    connection.cycle().sink().frame(target, message, encoder);
    int length = target.writerIndex() - start;
    connection.cycle().wrote(length);
    if (length > nodeOutput().mark()) {
      keepApart(length);
    }
  }

  void ping() {
    batch(PING.length).ensureWritable(PING.length).writeBytes(PING);
  }

  void pong(byte[] content) {
    batch(content.length + 2).ensureWritable(content.length + 2)
        .writeByte(PONG).writeByte(content.length).writeBytes(content);
  }

  /** Appends a close frame; false if memory is exhausted: then the connection ends without one. */
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
      LOG.debug("connection {} is aborted for lack of memory", connection.id(), none);
      countClosed(NodeOutput.Cause.NO_MEMORY);
      return false;
    }
  }

  /** The batch of this flush cycle, written as a whole at its end. */
  private ByteBuf batch(int room) {
    ByteBuf begun = batch;
    if (begun == null) {
      begun = channel().alloc().directBuffer(room);
      batch = begun;
      connection.cycle().touch(connection);
    }
    return begun;
  }

  /**
   * The batch, with room for a usual frame. A full one is passed to the channel and written
   * together with the next: growing it would copy its content.
   */
  private ByteBuf batchWithRoom() {
    ByteBuf begun = batch;
    if (begun == null || begun.readableBytes() < SMALL_COPY
        || begun.writableBytes() >= USUAL_FRAME) {
      return batch(SMALL_BATCH);
    }
    int room = Math.min(GROWTH * begun.capacity(), LARGE_BATCH);
    // Before the next batch is allocated: if that fails, this one has been passed on.
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

  /** Flushes everything, including batches that were passed to the channel without a flush. */
  void flushAll() {
    flush();
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.flush();
    }
  }

  /** Flushes everything, and closes the channel behind it. */
  void closeChannelWhenWritten() {
    flush();
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The channel is closed: releases what was not written. */
  void release() {
    ByteBuf left = batch;
    batch = null;
    if (left != null) {
      left.release();
    }
    nothingPends();
  }

  // ---- back-pressure

  /** Whether the client has not read everything that was flushed. */
  boolean isPending() {
    return pending != null;
  }

  /**
   * Signals are refused above half of the bound: the rest is reserved for what cannot be refused.
   */
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

  /** An upper estimate of the bytes that are queued for the client. */
  private long waiting() {
    ByteBuf begun = batch;
    return queued + (begun == null ? 0 : begun.readableBytes());
  }

  /** The exact number of unwritten bytes in the channel. */
  private long unwritten() {
    ChannelOutboundBuffer outbound = channel().unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes() - outbound.currentProgress();
  }

  /**
   * Records what a flush has left unwritten.
   *
   * @param put the bytes that the flush has added
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

  /** A large answer is written at once, and what is left of it does not count towards the bound. */
  private void keepApart(int length) {
    flush();
    PendingOutput waits = pending;
    if (waits != null) {
      waits.putLarge(length);
    }
  }

  /**
   * Whether far more is queued than the bound, although the client reads: only many senders that
   * outpace it can cause that, never a single answer.
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
   * Observes the client's progress, about once a second. True if too much is queued and the client
   * has read nothing for too long.
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

  /** Counts a close because of output. */
  void countClosed(NodeOutput.Cause cause) {
    LOG.debug("closed because of its output: connection={} cause={} pending={}", connection.id(),
        cause, queued);
    nodeOutput().closed(cause, connection.client(), queued);
  }

  private NodeOutput nodeOutput() {
    return connection.cycle().output();
  }

  private Channel channel() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not added to a channel yet");
    }
    return ctx.channel();
  }
}
