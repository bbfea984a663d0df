package dev.parley.bench.server;

import dev.parley.bench.machine.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** A server that collects when it gets SIGUSR2, and says in a line when it has. */
final class SignalledCollection implements GarbageCollection {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Pattern done;

  SignalledCollection(Pattern done) {
    this.done = done;
  }

  @Override
  public void run(ChildProcess server) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-USR2", Long.toString(server.handle().pid()))
        .inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -USR2 failed");
    }
    server.awaitLine(done, PATIENCE);
  }
}
