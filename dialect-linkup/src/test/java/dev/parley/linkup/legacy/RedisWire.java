package dev.parley.linkup.legacy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to a Redis on loopback, as plain as it gets, so that nothing of ours is in it. */
final class RedisWire implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  RedisWire(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends a command and reads its answer. */
  synchronized Object ask(String... words) {
    try {
      ByteArrayOutputStream command = new ByteArrayOutputStream();
      command.writeBytes(ascii("*" + words.length + "\r\n"));
      for (String word : words) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        command.writeBytes(ascii("$" + bytes.length + "\r\n"));
        command.writeBytes(bytes);
        command.writeBytes(ascii("\r\n"));
      }
      socket.getOutputStream().write(command.toByteArray());
      return read();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** How many have subscribed to a channel. */
  long subscribers(String channel) {
    return (Long) ((List<?>) ask("PUBSUB", "NUMSUB", channel)).get(1);
  }

  /** Reads what comes next: text, a number, or a list of these. */
  Object read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> text(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IOException(line);
    };
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    line();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Object> list(int length) throws IOException {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(read());
    }
    return items;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
