package dev.parley.bench.server;

import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.ProcessTree;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A server that is up. */
public final class RunningServer implements Target, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Contender contender;
  private final ChildProcess process;
  private final int port;
  private final Readiness readiness;

  private RunningServer(
      Contender contender, ChildProcess process, int port, Readiness readiness) {
    this.contender = contender;
    this.process = process;
    this.port = port;
    this.readiness = readiness;
  }

  /** Starts one and waits until a client was answered. */
  public static RunningServer start(Contender contender, Cores cores)
      throws IOException, InterruptedException {
    ChildProcess process = ChildProcess.start(contender.name(), contender.launch(), cores);
    try {
      int port = Integer.parseInt(process.awaitLine(contender.ready(), PATIENCE).group(1));
      double listening = millisSince(process.startNanos());
      FirstClient.connect(port, contender.first());
      double answered = millisSince(process.startNanos());
      return new RunningServer(contender, process, port, new Readiness(listening, answered));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      process.close();
      throw failed;
    }
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** What is measured. */
  public Contender contender() {
    return contender;
  }

  /** Where it listens on loopback. */
  public int port() {
    return port;
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public Protocol first() {
    return contender.first();
  }

  @Override
  public Protocol second() {
    return contender.second();
  }

  @Override
  public CpuTime cpu() throws IOException {
    return tree().cpu();
  }

  /** How soon it was there. */
  public Readiness readiness() {
    return readiness;
  }

  /** What it uses. */
  public ProcessTree tree() {
    return new ProcessTree(process.handle());
  }

  /** Makes it free memory that it does not need. */
  public void collectGarbage() throws IOException, InterruptedException {
    contender.garbage().run(process);
  }

  /** Makes it give back what it has freed beside its heap. */
  public void trim() throws IOException, InterruptedException {
    contender.garbage().trim(process);
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.handle().isAlive();
  }

  /** How many lines it wrote, to its log for example. */
  public long lines() {
    return process.lines();
  }

  /** The last lines of its output. */
  public String lastWords() {
    return process.lastWords();
  }

  @Override
  public void close() {
    process.close();
  }
}
