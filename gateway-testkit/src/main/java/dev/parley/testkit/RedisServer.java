package dev.parley.testkit;

import dev.parley.config.ServiceUrl;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis in a process of its own, on a free port of loopback, without persistence unless
 * configured: version 6.2, or the program that {@code -Dparley.redis} names. It can be restarted on
 * the same port, and suspended like a machine that hangs. {@link
 * #close()} ends it; so does the end of this process. Any thread but event loops.
 */
public final class RedisServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ATTEMPTS = 5;
  private static final int HIGHEST_PORT = 55_000;

  private static @Nullable Path program;
  private static @Nullable List<String> debugSettings;

  private final String scheme;
  private final List<String> settings;
  private final int port;
  private final @Nullable Path sentinel;
  private @Nullable Process process;

  private RedisServer(String scheme, String portSetting, List<String> settings) {
    this(scheme, portSetting, settings, null);
  }

  private RedisServer(
      String scheme, String portSetting, List<String> settings, @Nullable Path sentinel) {
    this.scheme = scheme;
    this.sentinel = sentinel;
    int freePort = 0;
    for (int attempt = 0; process == null && attempt < ATTEMPTS; attempt++) {
      freePort = freePort();
      List<String> all = new ArrayList<>(settings);
      all.addAll(List.of(portSetting, Integer.toString(freePort)));
      process = launch(sentinel, all);
    }
    this.port = freePort;
    this.settings = new ArrayList<>(settings);
    this.settings.addAll(List.of(portSetting, Integer.toString(freePort)));
    if (process == null) {
      throw new IllegalStateException("redis-server does not start");
    }
  }

  /** One without authentication. */
  public static RedisServer start() {
    return new RedisServer("redis", "--port", List.of());
  }

  /** One with persistence: a restart keeps the data. */
  public static RedisServer startWithAppendOnlyFile(Path folder) {
    return new RedisServer("redis", "--port",
        List.of("--appendonly", "yes", "--dir", folder.toString()));
  }

  /** One that requires a password. */
  public static RedisServer startWithPassword(String password) {
    return new RedisServer("redis", "--port", List.of("--requirepass", password));
  }

  /** One that speaks TLS only. */
  public static RedisServer startWithTls(TestCertificate certificate) {
    return new RedisServer("rediss", "--tls-port",
        List.of("--port", "0", "--tls-auth-clients", "no",
            "--tls-cert-file", certificate.cert().toString(),
            "--tls-key-file", certificate.key().toString()));
  }

  /** One that speaks TLS only, and only with clients that present the same certificate. */
  public static RedisServer startWithMutualTls(TestCertificate certificate) {
    return new RedisServer("rediss", "--tls-port",
        List.of("--port", "0", "--tls-auth-clients", "yes",
            "--tls-ca-cert-file", certificate.cert().toString(),
            "--tls-cert-file", certificate.cert().toString(),
            "--tls-key-file", certificate.key().toString()));
  }

  /**
   * A node of a Redis Cluster, without other nodes and slots.
   *
   * @param folder for its state of the cluster
   */
  static RedisServer startAsClusterNode(Path folder) {
    return new RedisServer("redis", "--port",
        List.of("--cluster-enabled", "yes", "--cluster-config-file",
            folder.resolve("nodes.conf").toString(), "--dir", folder.toString(),
            "--cluster-node-timeout", "1000", "--cluster-replica-validity-factor", "0",
            "--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
  }

  /**
   * One that may have replicas, or be one.
   *
   * @param folder of this server alone: a replica stores the snapshot of its master there, and
   *     loads it on a start
   */
  public static RedisServer startForReplicas(Path folder) {
    return new RedisServer("redis", "--port",
        List.of("--dir", folder.toString(), "--repl-diskless-sync", "yes",
            "--repl-diskless-sync-delay", "0"));
  }

  /**
   * A Sentinel, which rewrites its configuration file.
   *
   * @param configuration without the port
   */
  static RedisServer startAsSentinel(Path configuration) {
    return new RedisServer("redis", "--port", List.of(), configuration);
  }

  /** Its URL, without a password. */
  public ServiceUrl url() {
    return ServiceUrl.parse(scheme + "://" + LOOPBACK + ":" + port);
  }

  /** Its URL, with a login such as {@code user:password}. */
  public ServiceUrl url(String login) {
    return ServiceUrl.parse(scheme + "://" + login + "@" + LOOPBACK + ":" + port);
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** The number of subscribers of a channel, without those of patterns. */
  public long subscribers(String channel) {
    try (RedisCommands commands = new RedisCommands(port)) {
      return commands.subscribers(channel);
    }
  }

  /** Whether the process runs. */
  public boolean isRunning() {
    return process != null;
  }

  /** Kills the process; connections are refused from then on. */
  public void stop() {
    Process running = process;
    if (running != null) {
      process = null;
      running.destroyForcibly();
      await(running);
    }
  }

  /** Restarts it on its port, empty unless it has an append-only file. */
  public void startAgain() {
    if (process != null) {
      throw new IllegalStateException("it is running");
    }
    process = launch(sentinel, settings);
    if (process == null) {
      throw new IllegalStateException("port " + port + " was taken meanwhile");
    }
  }

  /**
   * Suspends the process: connections stay open, new ones are accepted by the system, but commands
   * get no reply.
   */
  public void hold() {
    HungProcess.hold(running());
  }

  /** Resumes it. */
  public void letGo() {
    HungProcess.letGo(running());
  }

  @Override
  public void close() {
    stop();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("it is not running");
    }
    return running;
  }

  /** The process once it accepts connections; null if it ended before that. */
  private static @Nullable Process launch(@Nullable Path sentinel, List<String> settings) {
    try {
      List<String> command = new ArrayList<>();
      command.add(program().toString());
      if (sentinel == null) {
        command.addAll(List.of("--bind", LOOPBACK, "--save", "", "--appendonly", "no"));
        command.addAll(debugSettings());
        command.addAll(settings);
      } else {
        command.addAll(List.of(sentinel.toString(), "--sentinel", "--bind", LOOPBACK));
        command.addAll(settings);
      }
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return isReady(started, sentinel == null ? "Ready to accept connections" : "Sentinel ID is")
          ? started
          : null;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isReady(Process started, String word) throws IOException {
    BufferedReader said = started.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(word)) {
        Thread.ofVirtual().start(() -> drain(said));
        return true;
      }
    }
    return false;
  }

  /** Reads the output, since the process blocks when the pipe is full. */
  private static void drain(BufferedReader said) {
    try {
      said.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The process has ended, and its output with it.
    }
  }

  private static synchronized Path program() throws IOException {
    String chosen = System.getProperty("parley.redis", "");
    if (!chosen.isEmpty()) {
      return Path.of(chosen);
    }
    if (program == null) {
      File unpacked = ExecutableProvider.newJarResourceProvider().get();
      if (!Files.isExecutable(unpacked.toPath()) && !unpacked.setExecutable(true)) {
        throw new IOException(unpacked + " cannot be made executable");
      }
      program = unpacked.toPath();
    }
    return program;
  }

  /** DEBUG, by which tests make a Redis slow, has to be allowed from version 7 on. */
  private static synchronized List<String> debugSettings() throws IOException {
    if (debugSettings == null) {
      Process asked = new ProcessBuilder(program().toString(), "--version").start();
      String version = asked.inputReader().readLine();
      await(asked);
      boolean older = version != null && version.matches(".*\\bv=[1-6]\\..*");
      debugSettings = older ? List.of() : List.of("--enable-debug-command", "local");
    }
    return debugSettings;
  }

  /** Nodes of a Redis Cluster also listen 10,000 ports above. */
  private static int freePort() {
    for (int port = anyPort();; port = anyPort()) {
      if (port <= HIGHEST_PORT) {
        return port;
      }
    }
  }

  private static int anyPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
