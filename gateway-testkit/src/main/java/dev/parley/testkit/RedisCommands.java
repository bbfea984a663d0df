package dev.parley.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A minimal connection to a Redis on loopback, independent of the gateway's client. Any thread;
 * commands are executed one at a time. Replies are flattened: the text of a reply, or all texts of
 * a nested list, without nulls.
 */
public final class RedisCommands implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  /** Connects. */
  public RedisCommands(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One command on a connection of its own. */
  public static List<String> ask(int port, String... words) {
    try (RedisCommands commands = new RedisCommands(port)) {
      return commands.ask(words);
    }
  }

  /**
   * One command and its answer.
   *
   * @throws IllegalStateException if Redis answers with an error
   */
  public synchronized List<String> ask(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    try {
      OutputStream out = socket.getOutputStream();
      out.write(command.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      return read();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The number of subscribers of a channel, without those of patterns. */
  public long subscribers(String channel) {
    return Long.parseLong(ask("PUBSUB", "NUMSUB", channel).get(1));
  }

  /**
   * The next message of a subscription, with the fields before it. Waits without a limit; the
   * connection cannot be used for commands any more.
   *
   * @throws IOException if the connection was closed, from this end or from the other one
   */
  public List<String> hear() throws IOException {
    socket.setSoTimeout(0);
    return read();
  }

  private List<String> read() throws IOException {
    List<String> answer = new ArrayList<>();
    read(answer);
    return answer;
  }

  private void read(List<String> answer) throws IOException {
    String line = line();
    String rest = line.substring(1);
    switch (line.charAt(0)) {
      case '+', ':' -> answer.add(rest);
      case '$' -> {
        int length = Integer.parseInt(rest);
        if (length >= 0) {
          byte[] text = in.readNBytes(length);
          line();
          answer.add(new String(text, StandardCharsets.UTF_8));
        }
      }
      case '*' -> {
        for (int i = Integer.parseInt(rest); i > 0; i--) {
          read(answer);
        }
      }
      default -> throw new IllegalStateException(line);
    }
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
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
