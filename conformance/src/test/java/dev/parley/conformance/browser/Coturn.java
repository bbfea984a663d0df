package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.waits.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A coturn in a process of its own, with the file of deploy/turn but for addresses, secrets and TLS.
 * On a free port of loopback, for UDP and TCP.
 */
final class Coturn implements AutoCloseable {

  /** How many relays a subject may have. */
  static final int QUOTA = 12;

  private static final Path FILE = Path.of("..", "deploy", "turn", "turnserver.conf");
  private static final int ATTEMPTS = 5;
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 32_000;

  private final Process process;
  private final int port;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();

  private Coturn(Process process, int port) {
    this.process = process;
    this.port = port;
    BufferedReader reader = process.inputReader();
    Thread.ofVirtual().name("coturn-output").start(() -> reader.lines().forEach(output::add));
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param home where it may keep files
   */
  static Coturn start(Path home, String... secrets) {
    Path program = Programs.find("TURNSERVER", "coturn", List.of("turnserver"));
    for (int attempt = 1;; attempt++) {
      Coturn started = start(program, home, freePort(), List.of(secrets));
      Waits.until(() -> "coturn answers; output: " + started.said(),
          () -> !started.process.isAlive() || TurnProbe.answers(started.address()));
      if (started.process.isAlive()) {
        return started;
      }
      // Another process may have taken the port meanwhile.
      if (attempt == ATTEMPTS) {
        throw new AssertionError("coturn does not start: " + started.said());
      }
    }
  }

  private static Coturn start(Path program, Path home, int port, List<String> secrets) {
    try {
      Path file = Files.writeString(home.resolve("turnserver.conf"), configuration(port, secrets));
      return new Coturn(
          new ProcessBuilder(program.toString(), "-c", file.toString(), "-v",
              "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--relay-threads=2",
              "--log-file=stdout", "--simple-log", "--no-tls", "--no-dtls",
              "--allow-loopback-peers", "--pidfile=" + home.resolve("pid"),
              "--userdb=" + home.resolve("db"))
              .directory(home.toFile()).redirectErrorStream(true).start(),
          port);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String configuration(int port, List<String> secrets) throws IOException {
    String text = Files.readString(FILE);
    text = changed(text, "listening-port=3478", "listening-port=" + port);
    text = changed(text, "tls-listening-port=5349\n", "");
    text = changed(text, "cert=/etc/turn/cert.pem\npkey=/etc/turn/key.pem\n", "");
    text = changed(text, "denied-peer-ip=127.0.0.0-127.255.255.255\n", "");
    text = changed(text, "user-quota=60", "user-quota=" + QUOTA);
    text = changed(text, "syslog\n", "");
    return changed(text, "static-auth-secret=CHANGE-ME", secrets.stream()
        .map(secret -> "static-auth-secret=" + secret).collect(Collectors.joining("\n")));
  }

  private static String changed(String text, String written, String wanted) {
    assertThat(text).contains("\n" + written);
    return text.replace("\n" + written, "\n" + wanted);
  }

  /** Below the system's ephemeral ports, so that no client gets it in between. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
        return tcp.getLocalPort();
      } catch (IOException taken) {
        // Another one.
      }
    }
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Its URI for clients. */
  String uri(String transport) {
    return "turn:127.0.0.1:" + port + "?transport=" + transport;
  }

  /** What it has logged so far. */
  String said() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("coturn does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
