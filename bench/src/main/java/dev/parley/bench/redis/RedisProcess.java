package dev.parley.bench.redis;

import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.machine.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server that keeps nothing on disk, on cores of its own. One thread uses it. */
public final class RedisProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern READY = Pattern.compile("Ready to accept connections");
  private static final String LOOPBACK = "127.0.0.1";

  private final ChildProcess process;
  private final int port;
  private final RedisConnection connection;

  private RedisProcess(ChildProcess process, int port) throws IOException {
    this.process = process;
    this.port = port;
    this.connection = new RedisConnection(port);
  }

  /** The program that the library embedded-redis brings along; its tests use the same. */
  public static Path ownProgram() throws IOException {
    File unpacked = ExecutableProvider.newJarResourceProvider().get();
    if (!unpacked.canExecute() && !unpacked.setExecutable(true)) {
      throw new IOException(unpacked + " cannot be made executable");
    }
    return unpacked.toPath();
  }

  /** Starts one and waits until it is ready. */
  public static RedisProcess start(Path program, Cores cores)
      throws IOException, InterruptedException {
    int port = freePort();
    ChildProcess process = ChildProcess.start("redis-server", Launch.of(List.of(
        program.toString(), "--bind", LOOPBACK, "--port", Integer.toString(port),
        "--save", "", "--appendonly", "no")), cores);
    try {
      var unused = process.awaitLine(READY, PATIENCE);
      return new RedisProcess(process, port);
    } catch (IOException | InterruptedException failed) {
      process.close();
      throw failed;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** Where nodes find it. */
  public String url() {
    return "redis://" + LOOPBACK + ":" + port;
  }

  /** The time that it has used. */
  public CpuTime cpu() throws IOException {
    return new ProcessTree(process.handle()).cpu();
  }

  /** What it has counted. */
  public RedisCounts counts() throws IOException {
    return RedisCounts.of(
        connection.text("INFO", "memory"), connection.text("INFO", "commandstats"));
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } finally {
      process.close();
    }
  }
}
