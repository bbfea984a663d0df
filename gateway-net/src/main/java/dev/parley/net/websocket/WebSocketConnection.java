package dev.parley.net.websocket;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.dialect.TextEncoder;
import dev.parley.net.frame.FrameReader;
import dev.parley.net.http.LingeringClose;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.Throttle;
import dev.parley.signal.Bytes;
import dev.parley.switchboard.Link;
import dev.parley.switchboard.SessionHost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket after its upgrade: passes inbound messages to the session host, and writes outbound
 * ones once per flush cycle. It is the only writer of its channel. Confined to the event loop.
 *
 * <p>When it must stop reading, it stops after the current frame: the rest of a read is kept
 * unparsed.
 *
 * <p>Once it closes, for whatever reason, nothing more is read or written but the close handshake
 * of RFC 6455, section 7.
 */
public final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements Link, FrameReader.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final long CLOSE_HANDSHAKE_NANOS = Duration.ofSeconds(3).toNanos();
  /**
   * The most bytes that a client may send after the close began, before its connection is aborted.
   */
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private final Client client;
  private final ConnectionSupport support;
  private final FlushCycle cycle;
  private final InputPace pace;
  private final FrameReader frames;
  private final ConnectionOutput output;

  /** Its index in {@link ConnectionTable}; -1 if it is not there. */
  int position = -1;

  private @Nullable ChannelHandlerContext context;
  private @Nullable SessionHost host;
  /** The session host after its end, while its messages still wait for an answer. */
  private @Nullable SessionHost gone;
  /** Received bytes that must not be parsed yet; on the heap, in their exact size. */
  private @Nullable ByteBuf unread;
  private @Nullable Future<?> admission;
  private long heardAt;
  private boolean pinged;
  private boolean undecided;
  private boolean denied;
  private boolean inFrames;
  private boolean leaving;
  private boolean closing;
  private long discarded;
  /** Messages queued at the session host, in bytes. */
  private long waiting;
  /** The bytes that {@link HeldInput} counts for this connection. */
  private long held;

  /** Too much output is queued: reading stops until the client has read. */
  private boolean stuffed;

  /**
   * The client of a connection, for logs.
   *
   * @param id the connection's number on this node
   * @param dialect its dialect
   * @param address its address
   */
  public record Client(long id, String dialect, String address) {}

  public WebSocketConnection(Client client, ConnectionSupport support, FlushCycle cycle) {
    this.client = client;
    this.support = support;
    this.cycle = cycle;
    this.output = new ConnectionOutput(this);
    this.heardAt = System.nanoTime();
    this.frames = new FrameReader(support.limits().message().intBytes());
    this.pace = new InputPace(this, heardAt);
  }

  /**
   * Sets the receiver of messages. Called before the handler is added to its channel, because that
   * may deliver frames that came with the handshake; they wait until the connection is admitted.
   */
  public void attach(SessionHost host) {
    this.host = host;
    this.undecided = true;
  }

  /** The gate has denied the client, which has been counted: only its last words follow. */
  public void markDenied() {
    denied = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    assert cycle.isCurrent();
    context = ctx;
    output.open(ctx);
    cycle.connections().add(this);
    LOG.debug("connection opened: connection={} dialect={} address={}", client.id, client.dialect,
        client.address);
  }

  // ---- inbound

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    assert cycle.isCurrent();
    try {
      heardAt = System.nanoTime();
      pinged = false;
      if (message instanceof ByteBuf bytes) {
        if (unread == null) {
          read(bytes);
        }
        if (bytes.isReadable()) {
          keepUnread(bytes);
          readOrNot();
        }
        countHeld();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ByteBuf bytes) {
    int count = bytes.readableBytes();
    inFrames = true;
    cycle.unread().begin();
    try {
      frames.read(bytes, heardAt, this);
    } finally {
      inFrames = false;
    }
    if (closing) {
      discard(count);
    }
  }

  /** Copied: a few bytes would retain the whole buffer they came in. */
  private void keepUnread(ByteBuf bytes) {
    if (!frames.isInStep()) {
      return;
    }
    ByteBuf kept = unread;
    unread = (kept == null ? Unpooled.buffer(bytes.readableBytes()) : kept).writeBytes(bytes);
  }

  /** Resumes parsing, first of what is kept, then from the socket; called when it is scheduled. */
  void readUnread() {
    ByteBuf kept = unread;
    if (kept == null || !mayRead()) {
      return;
    }
    heardAt = System.nanoTime();
    try {
      read(kept);
    } catch (RuntimeException | Error defect) {
      failed(defect);
    }
    if (!kept.isReadable() || !frames.isInStep()) {
      unread = null;
    }
    countHeld();
    readOrNot();
  }

  @Override
  public void holds(long bytes) {
    waiting += bytes;
    // In the middle of a read, the end of the read is enough.
    if (!inFrames) {
      countHeld();
    }
  }

  /** Accounts for the retained input of this client, which may exceed the bound of the loop. */
  private void countHeld() {
    ByteBuf kept = unread;
    long now = waiting + (closing ? 0 : frames.held() + (kept == null ? 0 : kept.capacity()));
    if (now != held) {
      long before = held;
      held = now;
      cycle.input().changed(this, before, now);
    }
  }

  /** Ends the connection if its client is banned by now. */
  public void endIfBanned() {
    SessionHost told = host;
    if (told != null && !closing) {
      var unused = told.endIfBanned();
    }
  }

  /** The loop retains too much input, and this connection is evicted. */
  void giveUpInput() {
    SessionHost told = host == null ? gone : host;
    if (!closing) {
      LOG.debug("connection {} is closed: {} bytes of its input are kept, too much in all",
          client.id, held);
      close(CloseReason.INPUT_FULL);
    }
    if (told != null) {
      told.dropWaiting();
    }
  }

  @Override
  public boolean takesMore() {
    return mayRead() && !cycle.unread().isOver();
  }

  private boolean mayRead() {
    return closing || leaving || !(undecided || pace.isPaused() || stuffed);
  }

  @Override
  public void frame(long bytes) {
    cycle.unread().frame();
    if (closing || leaving) {
      return;
    }
    pace.frame(bytes, heardAt);
  }

  @Override
  public void charge(long bytes) {
    assert cycle.isCurrent();
    if (closing || leaving) {
      return;
    }
    pace.charge(bytes);
  }

  @Override
  public void message(byte[] bytes, boolean binary) {
    SessionHost told = host;
    if (told != null && !closing && !leaving) {
      told.message(Bytes.of(bytes), binary);
    }
  }

  @Override
  public void ping(byte[] content) {
    if (!closing && !leaving) {
      output.pong(content);
    }
  }

  @Override
  public void pong() {
    LOG.trace("connection {} is alive", client.id);
  }

  /**
   * Requests that precede the client's close are answered first. Input behind its close is ignored,
   * including another close.
   */
  @Override
  public void close(int code) {
    if (closing) {
      closeChannelWhenWritten();
      return;
    }
    if (leaving) {
      return;
    }
    leaving = true;
    readOrNot();
    cycle.later(() -> leave(code));
  }

  /** Some answers take long, but not for ever. */
  private void leave(int code) {
    SessionHost told = host;
    if (told == null) {
      answerClose(code);
      return;
    }
    told.leaving(() -> answerClose(code));
    if (!closing) {
      var unused = cycle.schedule(() -> answerClose(code), CLOSE_HANDSHAKE_NANOS);
    }
  }

  /** A client that has got the answer can rely on it: its ids are free. */
  private void answerClose(int code) {
    if (!closing) {
      closing = true;
      end(CloseReason.CLIENT_LEFT);
      if (!output.close(new CloseWords(code, ""))) {
        closeChannel();
        return;
      }
    }
    closeChannelWhenWritten();
  }

  @Override
  public void violation(CloseReason reason) {
    if (!leaving) {
      close(reason);
    }
  }

  /** While the client's close is awaited, all other input is discarded. */
  private void discard(int count) {
    discarded += count;
    if (discarded > MAX_DISCARDED) {
      closeChannel();
    } else if (!frames.isInStep()) {
      // Its close cannot be found in its input; the end of the input means the same.
      closeChannelWhenWritten();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    output.release();
    pace.end();
    unread = null;
    countHeld();
    cycle.ends().add(this::gone);
  }

  private void gone() {
    cycle.connections().remove(this);
    end(CloseReason.CLIENT_LEFT);
    countHeld();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // What a client does to its TLS is no defect of ours.
    Throwable reason = cause instanceof DecoderException && cause.getCause() instanceof SSLException
        ? cause.getCause()
        : cause;
    if (reason instanceof IOException) {
      LOG.debug("connection lost: connection={} cause={}", client.id, reason.getMessage());
    } else {
      failed(cause);
    }
    closeChannel();
  }

  void failed(Throwable cause) {
    if (cause instanceof OutOfMemoryError error) {
      outOfMemory(error);
      return;
    }
    LOG.warn("connection {} failed and is closed", client.id, cause);
    close(CloseReason.INTERNAL_ERROR);
    flush();
  }

  // ---- outbound

  @Override
  public <T> void send(T message, TextEncoder<T> encoder) {
    if (closing || !output.isOpen()) {
      return;
    }
    if (output.isExcessive()) {
      tooSlow(NodeOutput.Cause.EXCESS);
    } else {
      output.send(message, encoder);
    }
  }

  /** Flushes; called by the loop at the end of a flush cycle. */
  void flush() {
    output.flush();
  }

  @Override
  public boolean hasRoom() {
    return output.hasRoom();
  }

  private void tooSlow(NodeOutput.Cause cause) {
    output.countClosed(cause);
    close(CloseReason.TOO_SLOW);
  }

  /**
   * Back-pressure: while too much output is queued, the client is not read, since its requests
   * would add to it.
   */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stuffed = !ctx.channel().isWritable();
    readOrNot();
  }

  /** Aborts the connection, so that its queue is released. Thread-safe. */
  void cut(NodeOutput.Cause cause) {
    cycle.later(() -> {
      if (position >= 0 && output.isPending()) {
        if (!closing) {
          output.countClosed(cause);
        }
        abort(CloseReason.TOO_SLOW);
      }
    });
  }

  @Override
  public void outOfMemory(OutOfMemoryError error) {
    if (position >= 0 && !closing) {
      LOG.debug("connection {} is closed for lack of memory", client.id, error);
      output.countClosed(NodeOutput.Cause.NO_MEMORY);
      abort(CloseReason.UNAVAILABLE);
    }
  }

  /** Ends the connection without a close frame, after whole frames; allocates nothing. */
  private void abort(CloseReason reason) {
    closing = true;
    frames.discard();
    cycle.later(() -> end(reason));
    output.flushAll();
    closeChannel();
  }

  // ---- close

  @Override
  public void close(CloseReason reason) {
    close(support.closeWords().apply(reason), reason);
  }

  @Override
  public void close(CloseReason reason, String text) {
    close(support.closeWords().apply(reason).saying(text), reason);
  }

  private void close(CloseWords words, CloseReason reason) {
    if (closing) {
      return;
    }
    beginClose(words, reason);
    var unused = cycle.schedule(this::closeChannel, CLOSE_HANDSHAKE_NANOS);
  }

  private void beginClose(CloseWords words, CloseReason reason) {
    closing = true;
    if (!output.close(words)) {
      abort(reason);
      return;
    }
    frames.discard();
    countHeld();
    readOrNot();
    cycle.later(() -> end(reason));
  }

  private void end(CloseReason reason) {
    SessionHost told = host;
    host = null;
    admitted();
    undecided = false;
    if (told != null) {
      support.metrics().count(reason);
      if (!told.isAdmitted() && !denied && reason != CloseReason.CLIENT_LEFT) {
        support.handshakes().refused(client.dialect, client.address, client.id, reason);
      }
      told.closed(reason);
      gone = waiting > 0 ? told : null;
    }
  }

  /** Input behind the client's close must not reset the connection before the client has ours. */
  private void closeChannelWhenWritten() {
    LingeringClose.arm(channel());
    output.closeChannelWhenWritten();
  }

  private void closeChannel() {
    var unused = channel().close();
  }

  // ---- liveness

  /** Pings a silent client, and closes one that stays silent; called about once a second. */
  void lookAfter(long now) {
    if (output.isPending() && output.isStalled(now) && !closing) {
      tooSlow(NodeOutput.Cause.STALLED);
    }
    if (closing || leaving || undecided || stuffed) {
      return;
    }
    if (!frames.isAtRest() && now - frames.begunAt() > limits().messageTime().toNanos()) {
      close(CloseReason.UNFINISHED);
      return;
    }
    if (!channel().config().isAutoRead()) {
      return;
    }
    long silence = now - heardAt;
    if (silence > limits().ping().toNanos() + limits().pong().toNanos() && pinged) {
      close(CloseReason.SILENT);
    } else if (silence > limits().ping().toNanos() && !pinged) {
      pinged = true;
      output.ping();
    }
  }

  @Override
  public Duration silence() {
    return channel().config().isAutoRead()
        ? Duration.ofNanos(System.nanoTime() - heardAt)
        : Duration.ZERO;
  }

  @Override
  public void ping() {
    if (!closing && !leaving) {
      output.ping();
    }
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Future<?> scheduled =
        cycle.schedule(
            () -> {
              if (!closing) {
                run(task);
              }
            },
            delay.toNanos());
    return () -> scheduled.cancel(false);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      failed(failure);
    }
  }

  // ---- pausing

  /**
   * Pauses reading until there is a session; the connection is closed if it is not admitted in
   * time.
   */
  public void awaitAdmission() {
    pauseReading();
    admission = cycle.schedule(this::giveUp, limits().handshake().toNanos());
  }

  @Override
  public void admitted() {
    Future<?> running = admission;
    admission = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void pauseReading() {
    undecided = true;
    readOrNot();
  }

  @Override
  public void resumeReading() {
    // Only for the node's own pauses: otherwise a client that sends too fast could take any time.
    frames.paused(System.nanoTime() - heardAt);
    undecided = false;
    readOrNot();
  }

  private void giveUp() {
    LOG.warn("connection {} is closed: no outcome of its claim in {}", client.id,
        limits().handshake());
    close(CloseReason.UNAVAILABLE);
  }

  /**
   * Pauses or resumes reading. While reading was paused nothing could arrive: the client's silence
   * begins when it resumes.
   */
  void readOrNot() {
    boolean read = mayRead() && unread == null;
    if (unread != null && mayRead() && !inFrames) {
      // Queued, because the caller may be in the middle of a message, and others wait.
      cycle.unread().add(this);
    }
    if (read && !channel().config().isAutoRead()) {
      heardAt = System.nanoTime();
    }
    channel().config().setAutoRead(read);
  }

  @Override
  public boolean isOpen() {
    return !closing && !leaving;
  }

  @Override
  public boolean saidGoodbye() {
    return leaving;
  }

  @Override
  public long id() {
    return client.id;
  }

  Client client() {
    return client;
  }

  /** The loop of the connection. */
  FlushCycle cycle() {
    return cycle;
  }

  /** Reading from its client is throttled. */
  void countThrottled(Throttle cause) {
    support.metrics().count(cause);
  }

  private Limits limits() {
    return support.limits();
  }

  private Channel channel() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not added to a channel yet");
    }
    return ctx.channel();
  }
}
