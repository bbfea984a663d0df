package dev.parley.bench.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis on loopback that does nothing but write commands and read answers, so
 * that the time it takes is Redis' own. One thread at a time.
 *
 * <p>Not Vert.x's client, although it is on the class path: the bare script is what Parley's Redis
 * is compared with, and shall be the best that a Redis can do. In the same loop of 64 calls that
 * client took half as much processor time again for itself, on an event loop and for an object for
 * each part of an answer, and got fewer calls through.
 */
final class RedisConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BUFFER = 1 << 18;
  private static final byte[] LINE_END = ascii("\r\n");

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RedisConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    out = socket.getOutputStream();
  }

  /** A command as it goes over the wire. */
  static byte[] command(byte[]... words) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("*" + words.length + "\r\n"));
    for (byte[] word : words) {
      bytes.writeBytes(ascii("$" + word.length + "\r\n"));
      bytes.writeBytes(word);
      bytes.writeBytes(LINE_END);
    }
    return bytes.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Hands bytes to the system. */
  void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /** One command and its answer. */
  @Nullable
  Object ask(String... words) throws IOException {
    byte[] bytes = command(Stream.of(words).map(RedisConnection::ascii).toArray(byte[][]::new));
    write(bytes, bytes.length);
    return read();
  }

  /** As {@link #ask}, where a text is the answer. */
  String text(String... words) throws IOException {
    return switch (ask(words)) {
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case String line -> line;
      case null, default -> throw new IOException("a text expected of " + words[0]);
    };
  }

  /**
   * The next answer: a line, a {@link Long}, bytes, a list of answers, or null.
   *
   * @throws IOException if it is an error, or there is none
   */
  @Nullable
  Object read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> bytes(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException("Redis says: " + line);
    };
  }

  private byte @Nullable [] bytes(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    line();
    return bytes;
  }

  private @Nullable List<@Nullable Object> list(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      list.add(read());
    }
    return list;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new EOFException("Redis has hung up");
      }
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
