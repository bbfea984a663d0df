package dev.parley.testkit;

import dev.parley.testkit.Frame.Opcode;
import dev.parley.testkit.waits.Waits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * A WebSocket connection, near to the wire: it sends any frames, valid or not, and records every
 * frame that it receives. It answers pings (unless switched off) and close frames, and does nothing
 * else by itself. Every wait has a limit, {@link Waits#PATIENCE} unless given, and fails with an
 * {@link AssertionError} that shows what was received. Any thread.
 */
public final class WireClient implements AutoCloseable {

  private static final int GOING_AWAY_MILLIS = 2_000;

  private final Socket socket;
  private final OutputStream out;
  private final Map<String, String> answer;
  private final Journal journal = new Journal();
  private volatile boolean answersPings = true;
  private volatile boolean closeSent;
  private volatile CountDownLatch mayRead = new CountDownLatch(0);

  private WireClient(
      Socket socket, DataInputStream in, OutputStream out, Map<String, String> answer) {
    this.socket = socket;
    this.out = out;
    this.answer = answer;
    Thread.ofVirtual().name("wire-client").start(() -> read(in));
  }

  /** As {@link #connect(URI, Map)}, without headers of its own. */
  public static WireClient connect(URI uri) {
    return connect(uri, Map.of());
  }

  /**
   * Connects.
   *
   * @param uri {@code ws://} or {@code wss://}; its path and query go out as they are
   * @param headers more headers of the request, or others in place of the usual ones
   * @throws UpgradeRefusedException if the server answers with something else than 101
   * @throws UncheckedIOException if there is no connection or no valid answer
   */
  public static WireClient connect(URI uri, Map<String, String> headers) {
    return connect(uri, headers, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** As {@link #connect(URI, Map)}, trusting what {@code tls} trusts. */
  public static WireClient connect(URI uri, Map<String, String> headers, SSLSocketFactory tls) {
    return connect(uri, headers, tls, new InetSocketAddress(0));
  }

  /**
   * As {@link #connect(URI, Map, SSLSocketFactory)}, from an address of this machine; all of
   * 127.0.0.0/8 are such addresses on Linux.
   */
  public static WireClient connect(
      URI uri, Map<String, String> headers, SSLSocketFactory tls, InetSocketAddress from) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.bind(from);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()),
          (int) Waits.PATIENCE.toMillis());
      if (uri.getScheme().equals("wss")) {
        socket = tls.createSocket(socket, uri.getHost(), uri.getPort(), true);
      }
      socket.setSoTimeout((int) Waits.PATIENCE.toMillis());
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      Map<String, String> answer =
          Handshake.perform(uri, headers, in, out, ThreadLocalRandom.current());
      socket.setSoTimeout(0);
      return new WireClient(socket, in, out, answer);
    } catch (IOException failed) {
      abandon(socket);
      throw new UncheckedIOException(failed);
    } catch (RuntimeException refused) {
      abandon(socket);
      throw refused;
    }
  }

  private static void abandon(Socket socket) {
    try {
      socket.close();
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }

  /** A header of the server's answer to the handshake; empty if it was not there. */
  public String answerHeader(String lowerCaseName) {
    return answer.getOrDefault(lowerCaseName, "");
  }

  // ---- in

  private void read(DataInputStream in) {
    try {
      while (true) {
        Frame frame = FrameCodec.read(in);
        mayRead.await();
        journal.add(frame);
        switch (frame.opcode()) {
          case PING -> answerPing(frame);
          case CLOSE -> {
            answerClose(frame);
            journal.end(frame);
          }
          case TEXT, BINARY, CONTINUATION, PONG -> {}
        }
      }
    } catch (IOException | RuntimeException over) {
      journal.end(lost(over));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  /** Stops reading, so that the server's output piles up, until {@link #readOn}. */
  public void stopReading() {
    mayRead = new CountDownLatch(1);
  }

  /** Reads again after {@link #stopReading}. */
  public void readOn() {
    mayRead.countDown();
  }

  /** The server has ended its output: it must not wait for this side. */
  private void hangUp() {
    try {
      socket.close();
    } catch (IOException closing) {
      journal.end(lost(closing));
    }
  }

  private static Frame lost(Exception why) {
    byte[] text = String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8);
    return new Frame(Opcode.CLOSE, true,
        ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) Frame.LOST).put(text)
            .array());
  }

  private void answerPing(Frame ping) throws IOException {
    if (answersPings) {
      write(new Frame(Opcode.PONG, true, ping.payload()));
    }
  }

  private void answerClose(Frame close) throws IOException {
    if (!closeSent) {
      closeSent = true;
      write(new Frame(Opcode.CLOSE, true, Arrays.copyOf(close.payload(),
          Math.min(close.payload().length, Short.BYTES))));
    }
  }

  // ---- out

  /** Sends a text message. */
  public void text(String message) {
    send(new Frame(Opcode.TEXT, true, utf8(message)));
  }

  /** Sends text messages in one piece, so that the server may read many of them at once. */
  public void burst(List<String> messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String message : messages) {
      all.writeBytes(
          FrameCodec.masked(new Frame(Opcode.TEXT, true, utf8(message)), random()));
    }
    raw(all.toByteArray());
  }

  /** Sends a binary message. */
  public void binary(byte[] message) {
    send(new Frame(Opcode.BINARY, true, message));
  }

  /** Sends a text message in as many frames as there are parts. */
  public void fragments(String... parts) {
    for (int i = 0; i < parts.length; i++) {
      send(new Frame(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, i == parts.length - 1,
          utf8(parts[i])));
    }
  }

  /** Sends a ping. */
  public void ping(byte[] payload) {
    send(new Frame(Opcode.PING, true, payload));
  }

  /** Sends any frame, masked as a client must. */
  public void send(Frame frame) {
    try {
      write(frame);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Sends bytes that need not be a frame. */
  public void raw(byte[] bytes) {
    try {
      write(bytes);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Sends a close frame with a code. */
  public void close(int code, String reason) {
    byte[] text = utf8(reason);
    sendClose(
        ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) code).put(text).array());
  }

  /** Sends a close frame without a code. */
  public void closeWithoutCode() {
    sendClose(new byte[0]);
  }

  private void sendClose(byte[] payload) {
    closeSent = true;
    send(new Frame(Opcode.CLOSE, true, payload));
  }

  /** Resets the TCP connection, as a crash does. */
  public void cut() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closing) {
      throw new UncheckedIOException(closing);
    }
  }

  /** Ignores pings from now on, like a half-open connection. */
  public void ignorePings() {
    answersPings = false;
  }

  private void write(Frame frame) throws IOException {
    write(FrameCodec.masked(frame, random()));
  }

  private static Random random() {
    return ThreadLocalRandom.current();
  }

  private void write(byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // ---- received frames

  /** Every frame so far, in order. */
  public List<Frame> frames() {
    return journal.state().frames();
  }

  /** The text messages so far, in order. */
  public List<String> texts() {
    return texts(frames());
  }

  private static List<String> texts(List<Frame> frames) {
    return frames.stream().filter(frame -> frame.opcode() == Opcode.TEXT).map(Frame::text).toList();
  }

  /**
   * The messages so far, in order: a text as it is, a binary one as {@code binary:} and its bytes
   * in hexadecimal.
   */
  public List<String> messages() {
    return messages(frames());
  }

  private static List<String> messages(List<Frame> frames) {
    return frames.stream().flatMap(WireClient::message).toList();
  }

  static Stream<String> message(Frame frame) {
    return switch (frame.opcode()) {
      case TEXT -> Stream.of(frame.text());
      case BINARY, CONTINUATION ->
          Stream.of("binary:" + HexFormat.of().formatHex(frame.payload()));
      case PING, PONG, CLOSE -> Stream.empty();
    };
  }

  /** Waits until there are more frames than that; false if the time is up before. */
  boolean awaitsMore(int than, long nanos) {
    return journal.awaitsMore(than, nanos);
  }

  /** Whether the connection is over. */
  public boolean isOver() {
    return journal.state().end() != null;
  }

  /** Waits for a matching frame; one that was received before counts. */
  public Frame awaitFrame(Predicate<Frame> sought) {
    return journal.await("a frame", Waits.PATIENCE,
        state -> state.frames().stream().filter(sought).findFirst().orElse(null));
  }

  /** Waits for a matching text message; one that was received before counts. */
  public String awaitText(Predicate<String> sought) {
    return awaitText(sought, Waits.PATIENCE);
  }

  /** As {@link #awaitText(Predicate)}, with another limit. */
  public String awaitText(Predicate<String> sought, Duration patience) {
    return journal.await("a text", patience,
        state -> texts(state.frames()).stream().filter(sought).findFirst().orElse(null));
  }

  /**
   * Waits until there are {@code count} text messages, counted from the beginning, and returns all.
   */
  public List<String> awaitTexts(int count) {
    return awaitTexts(count, Waits.PATIENCE);
  }

  /** As {@link #awaitTexts(int)}, with another limit. */
  public List<String> awaitTexts(int count, Duration patience) {
    return journal.await(count + " texts", patience, state -> {
      List<String> texts = texts(state.frames());
      return texts.size() < count ? null : texts;
    });
  }

  /**
   * Waits for the end of the connection.
   *
   * @return the close frame that came, or one with {@link Frame#LOST} if none did
   */
  public Frame awaitClosed() {
    return awaitClosed(Waits.PATIENCE);
  }

  /** As {@link #awaitClosed()}, with another limit. */
  public Frame awaitClosed(Duration patience) {
    return journal.await("the end", patience, Journal.State::end);
  }

  /** As {@link #ask}, with a ping, and waits for its answer. */
  public void settle() {
    Settling.BY_PINGS.ask(this).run();
  }

  /**
   * Sends a probe frame. When its answer arrives, all earlier frames have been read by the server,
   * and all that the server had written for this client has been received.
   *
   * @return waits for the answer, up to {@link Waits#PATIENCE}; does nothing if the connection is
   *     over
   */
  public Runnable ask(Frame question, Predicate<Frame> answer) {
    if (isOver() || closeSent) {
      return () -> {
      };
    }
    int asked = frames().size();
    try {
      write(question);
    } catch (IOException over) {
      journal.end(lost(over));
    }
    return () -> journal.await("the answer to " + question, Waits.PATIENCE, state -> {
      boolean answered =
          state.frames().subList(asked, state.frames().size()).stream().anyMatch(answer);
      return (answered || state.end() != null) ? true : null;
    });
  }

  /** Sends a close frame if none was sent, and closes the socket. */
  @Override
  public void close() {
    readOn();
    try {
      if (!isOver() && !closeSent && !socket.isClosed()) {
        closeSent = true;
        write(new Frame(Opcode.CLOSE, true, new byte[] {0x03, (byte) 0xE8}));
        journal.await("the end", Duration.ofMillis(GOING_AWAY_MILLIS), Journal.State::end);
      }
    } catch (IOException | AssertionError unanswered) {
      journal.end(lost(new IOException("closed here", unanswered)));
    } finally {
      abandon(socket);
    }
  }

  /** For failure messages. */
  @Override
  public String toString() {
    return journal.state().toString();
  }
}
