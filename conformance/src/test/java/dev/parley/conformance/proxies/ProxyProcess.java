package dev.parley.conformance.proxies;

import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.WireClient;
import dev.parley.testkit.waits.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.HttpsURLConnection;

/**
 * A proxy in a process of its own, which speaks TLS on a free port of loopback. It is one process
 * without children, so it ends when it is killed.
 */
final class ProxyProcess implements AutoCloseable {

  private static final int ATTEMPTS = 5;
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 32_000;

  private final Process process;
  private final int port;
  private final TestCertificate certificate;
  private final List<String> output = new ArrayList<>();

  /** How a proxy is started. */
  interface Program {
    /**
     * Writes its files.
     *
     * @return the command
     */
    List<String> prepare(int port) throws IOException;
  }

  private ProxyProcess(Process process, int port, TestCertificate certificate) {
    this.process = process;
    this.port = port;
    this.certificate = certificate;
    BufferedReader reader = process.inputReader();
    Thread.ofVirtual().name("proxy-output").start(() -> reader.lines().forEach(this::add));
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param home where it may keep files
   */
  static ProxyProcess start(Path home, TestCertificate certificate, Program program) {
    try {
      for (int attempt = 1;; attempt++) {
        int port = freePort();
        ProcessBuilder builder =
            new ProcessBuilder(program.prepare(port)).directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment()
            .putAll(Map.of("HOME", home.toString(), "XDG_DATA_HOME", home.toString(),
                "XDG_CONFIG_HOME", home.toString()));
        ProxyProcess proxy = new ProxyProcess(builder.start(), port, certificate);
        if (proxy.comesUp()) {
          return proxy;
        }
        proxy.close();
        // Another process may have taken the port meanwhile.
        if (attempt == ATTEMPTS) {
          throw new AssertionError("the proxy does not start: " + proxy.output());
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Below the system's ephemeral ports, so that no client gets it in between. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Another one.
      }
    }
  }

  private boolean comesUp() {
    await("the proxy listens", () -> !process.isAlive() || listens());
    return process.isAlive();
  }

  /** Proxies open one port after the other. */
  private boolean listens() {
    return listens("127.0.0.1") && (!ProxyContract.hasIpv6() || listens("::1"));
  }

  private boolean listens(String address) {
    try (Socket socket = new Socket(address, port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private synchronized void add(String line) {
    output.add(line);
  }

  private synchronized String output() {
    return String.join("\n", output);
  }

  /** Waits until this text is in so many lines of its output. */
  void awaitOutput(int times, String part) {
    await("the proxy says " + part,
        () -> output().lines().filter(line -> line.contains(part)).count() >= times);
  }

  void await(String what, BooleanSupplier condition) {
    Waits.until(() -> what + "; output: " + output(), condition);
  }

  /** Connects through it. */
  WireClient connect(String path) {
    return connect(path, Map.of(), "127.0.0.1");
  }

  /**
   * Connects through it.
   *
   * @param from an address of this machine; one of IPv6 connects to {@code ::1}
   */
  WireClient connect(String path, Map<String, String> headers, String from) {
    String host = from.contains(":") ? "[::1]" : "127.0.0.1";
    return WireClient.connect(
        URI.create("wss://" + host + ":" + port + path), headers, certificate.clients(),
        new InetSocketAddress(from, 0));
  }

  /** The answer to a GET, behind its status. */
  String get(String path) {
    try {
      HttpsURLConnection connection =
          (HttpsURLConnection) URI.create("https://127.0.0.1:" + port + path).toURL()
              .openConnection();
      connection.setSSLSocketFactory(certificate.clients());
      connection.setReadTimeout((int) Waits.PATIENCE.toMillis());
      int status = connection.getResponseCode();
      try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(output(), failed);
    }
  }

  /** A program that Debian installs in a folder of root's path only. */
  static String find(String name) {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":", -1)) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new AssertionError("no " + name + ": run scripts/install-real");
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the proxy does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
