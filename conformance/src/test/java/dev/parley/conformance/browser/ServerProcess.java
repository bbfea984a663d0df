package dev.parley.conformance.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, with its port in a line of its output. */
final class ServerProcess implements PeerServer {
  private final String name;
  private final Process process;
  private final InetSocketAddress address;
  private final Queue<String> output;

  private ServerProcess(String name, Process process, InetSocketAddress address,
      Queue<String> output) {
    this.name = name;
    this.process = process;
    this.address = address;
    this.output = output;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param ready the line that it prints then, with the port as its first group
   */
  static ServerProcess start(String name, ProcessBuilder builder, Pattern ready) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      try {
        return start(name, process, ready);
      } catch (IOException | RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerProcess start(String name, Process process, Pattern ready)
      throws IOException {
    Queue<String> output = new ConcurrentLinkedQueue<>();
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.add(line);
      Matcher matcher = ready.matcher(line);
      if (matcher.matches()) {
        Thread.ofVirtual().start(() -> reader.lines().forEach(output::add));
        return new ServerProcess(name, process,
            new InetSocketAddress(InetAddress.getLoopbackAddress(),
                Integer.parseInt(matcher.group(1))),
            output);
      }
    }
    throw new IllegalStateException(name + " did not start:\n" + String.join("\n", output));
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** Kills it: a graceful stop of servers is not tested here. */
  @Override
  public void close() {
    boolean ended = !process.isAlive();
    // Process.destroyForcibly would close the output that is still being read.
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (ended) {
      throw new IllegalStateException(name + " ended by itself with " + process.exitValue() + ":\n"
          + String.join("\n", output));
    }
  }
}
