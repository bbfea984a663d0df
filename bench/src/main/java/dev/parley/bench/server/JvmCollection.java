package dev.parley.bench.server;

import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Jvm;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A full collection of a JVM, by {@code jcmd GC.run}. */
final class JvmCollection implements GarbageCollection {

  private static final long PATIENCE_SECONDS = 30;

  private final Jvm jvm;

  JvmCollection(Jvm jvm) {
    this.jvm = jvm;
  }

  @Override
  public void run(ChildProcess server) throws IOException, InterruptedException {
    Process jcmd = new ProcessBuilder(
        jvm.jcmd().toString(), Long.toString(server.handle().pid()), "GC.run")
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      jcmd.destroyForcibly();
      throw new IOException("jcmd GC.run failed");
    }
  }
}
