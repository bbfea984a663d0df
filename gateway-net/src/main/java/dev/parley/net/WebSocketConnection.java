package dev.parley.net;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.dialect.TextEncoder;
import dev.parley.signal.Bytes;
import dev.parley.switchboard.Link;
import dev.parley.switchboard.Participant;
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
 * One WebSocket after its upgrade: frames in, messages to the participant; messages out, written
 * once per turn of the event loop. It is the only writer of its channel. Event loop only.
 *
 * <p>When it may not read on, it stops behind the frame that it is at: the rest of what one read
 * has brought is kept as it came.
 *
 * <p>Once it closes, for whatever reason, nothing more is read or written but the close handshake
 * of RFC 6455, section 7.
 */
final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements Link, FrameReader.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final long CLOSE_HANDSHAKE_NANOS = Duration.ofSeconds(3).toNanos();
  /** What a client may send on after the close began, before its connection is cut. */
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private final Client client;
  private final ConnectionSupport support;
  private final LoopTurn turn;
  private final InputPace pace;
  private final FrameReader frames;
  private final ConnectionOutput output;

  /** Where {@link ConnectionTable} keeps this connection; -1 if it does not. */
  int position = -1;

  private @Nullable ChannelHandlerContext context;
  private @Nullable Participant participant;
  /** The participant after its end, while messages of it still wait for an answer. */
  private @Nullable Participant gone;
  /** What was read and may not be looked at yet; on the heap, of its own size. */
  private @Nullable ByteBuf unread;
  private @Nullable Future<?> admission;
  private long heardAt;
  private boolean pinged;
  private boolean undecided;
  private boolean inFrames;
  private boolean leaving;
  private boolean closing;
  private long discarded;
  /** Messages that wait at the participant, in bytes. */
  private long waiting;
  /** What {@link HeldInput} counts of this connection. */
  private long held;

  /** More waits for the client than may: no more is done for it until it has read. */
  private boolean stuffed;

  /**
   * Whose connection it is.
   *
   * @param id the connection's number on this node
   * @param dialect what it speaks
   * @param address where it comes from; for logs
   */
  record Client(long id, String dialect, String address) {}

  WebSocketConnection(Client client, ConnectionSupport support, LoopTurn turn) {
    this.client = client;
    this.support = support;
    this.turn = turn;
    this.output = new ConnectionOutput(this);
    this.heardAt = System.nanoTime();
    this.frames = new FrameReader(support.limits().message().intBytes());
    this.pace = new InputPace(this, heardAt);
  }

  /**
   * Sets the receiver of messages. Called before the handler is added to its channel, because that
   * may deliver frames that came with the handshake; they wait until the connection is admitted.
   */
  void attach(Participant participant) {
    this.participant = participant;
    this.undecided = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    output.open(ctx);
    turn.connections().add(this);
    LOG.debug("connection opened: connection={} dialect={} address={}", client.id, client.dialect,
        client.address);
  }

  // ---- in

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
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
    turn.unread().begin();
    try {
      frames.read(bytes, heardAt, this);
    } finally {
      inFrames = false;
    }
    if (closing) {
      discard(count);
    }
  }

  /** Copied, because a few bytes of it would hold the whole buffer that they came in. */
  private void keepUnread(ByteBuf bytes) {
    if (!frames.isInStep()) {
      return;
    }
    ByteBuf kept = unread;
    unread = (kept == null ? Unpooled.buffer(bytes.readableBytes()) : kept).writeBytes(bytes);
  }

  /** Reads on in what is kept, then from the socket; called when it is this one's turn. */
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
    // In the middle of a read, its end will do.
    if (!inFrames) {
      countHeld();
    }
  }

  /** What is kept for this client is counted as it is, and may be too much for the node. */
  private void countHeld() {
    ByteBuf kept = unread;
    long now = waiting + (closing ? 0 : frames.held() + (kept == null ? 0 : kept.capacity()));
    if (now != held) {
      long before = held;
      held = now;
      turn.input().changed(this, before, now);
    }
  }

  /** There is too much input on this loop, and what is kept for this client goes first. */
  void giveUpInput() {
    Participant told = participant == null ? gone : participant;
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
    return mayRead() && !turn.unread().isOver();
  }

  private boolean mayRead() {
    return closing || leaving || !(undecided || pace.isPaused() || stuffed);
  }

  @Override
  public void frame(long bytes) {
    turn.unread().frame();
    if (closing || leaving) {
      return;
    }
    pace.frame(bytes, heardAt);
  }

  @Override
  public void charge(long bytes) {
    assert turn.isCurrent();
    if (closing || leaving) {
      return;
    }
    pace.charge(bytes);
  }

  @Override
  public void message(byte[] bytes, boolean binary) {
    Participant told = participant;
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
   * What the client has asked for before is done and answered before its close is. What it sends
   * behind its close counts for nothing, another close included.
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
    turn.later(() -> leave(code));
  }

  /** Some answers take their time, but not for ever. */
  private void leave(int code) {
    Participant told = participant;
    if (told == null) {
      answerClose(code);
      return;
    }
    told.leaving(() -> answerClose(code));
    if (!closing) {
      var unused = turn.schedule(() -> answerClose(code), CLOSE_HANDSHAKE_NANOS);
    }
  }

  /** Whoever has seen the answer can rely on it: the client's ids are free. */
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

  /** While the client's close is awaited, everything else that it sends is thrown away. */
  private void discard(int count) {
    discarded += count;
    if (discarded > MAX_DISCARDED) {
      closeChannel();
    } else if (!frames.isInStep()) {
      // Its close cannot be found among what it sends; the end of what it sends says the same.
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
    turn.ends().add(this::gone);
  }

  private void gone() {
    turn.connections().remove(this);
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

  // ---- out

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

  /** Writes what has come together; called by the loop at the end of a turn. */
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

  /** While too much waits, the client is not read: what it asks for would make it more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stuffed = !ctx.channel().isWritable();
    readOrNot();
  }

  /** Ends it at once, so that what waits is given back. Any thread. */
  void cut(NodeOutput.Cause cause) {
    turn.later(() -> {
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
      LOG.debug("connection {} is closed for want of memory", client.id, error);
      output.countClosed(NodeOutput.Cause.NO_MEMORY);
      abort(CloseReason.UNAVAILABLE);
    }
  }

  /** Ends it without a word, behind whole frames; takes no memory for that. */
  private void abort(CloseReason reason) {
    closing = true;
    frames.discard();
    turn.later(() -> end(reason));
    output.flushAll();
    closeChannel();
  }

  // ---- the end

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
    var unused = turn.schedule(this::closeChannel, CLOSE_HANDSHAKE_NANOS);
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
    turn.later(() -> end(reason));
  }

  private void end(CloseReason reason) {
    Participant told = participant;
    participant = null;
    admitted();
    undecided = false;
    if (told != null) {
      support.metrics().count(reason);
      if (!told.isAdmitted() && reason != CloseReason.CLIENT_LEFT) {
        support.handshakes().refused(client.dialect, client.address, client.id, reason);
      }
      told.closed(reason);
      gone = waiting > 0 ? told : null;
    }
  }

  /** What the client sends behind its close must not reset the connection before it has ours. */
  private void closeChannelWhenWritten() {
    LingeringClose.arm(channel());
    output.closeChannelWhenWritten();
  }

  private void closeChannel() {
    var unused = channel().close();
  }

  // ---- liveness

  /** Pings a client that is silent, and gives one up that stays so; called about once a second. */
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
        turn.schedule(
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

  // ---- reading or not

  /** Pauses reading until there is a session; without one in time the connection is closed. */
  void awaitAdmission() {
    pauseReading();
    admission = turn.schedule(this::giveUp, limits().handshake().toNanos());
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
    // For the node's own pauses alone: else a client that sends too fast had all the time it wants.
    frames.paused(System.nanoTime() - heardAt);
    undecided = false;
    readOrNot();
  }

  private void giveUp() {
    LOG.warn("connection {} is closed: no outcome of its claim in {}", client.id,
        limits().handshake());
    close(CloseReason.UNAVAILABLE);
  }

  /** While nothing was read nothing could be heard: the client's silence begins when that ends. */
  void readOrNot() {
    boolean read = mayRead() && unread == null;
    if (unread != null && mayRead() && !inFrames) {
      // Later, because what calls this may be in the middle of a message, and others wait.
      turn.unread().add(this);
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

  /** The loop that it lives on. */
  LoopTurn turn() {
    return turn;
  }

  /** Its client is read more slowly. */
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
