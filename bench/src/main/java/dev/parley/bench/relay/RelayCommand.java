package dev.parley.bench.relay;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A relay as a process of its own, until it is killed. Its first line has its port. */
@Command(name = RelayCommand.NAME, hidden = true,
    description = "Run a relay to compare with; scripts/bench starts this.")
public final class RelayCommand implements Callable<Integer> {

  /** What it is called on the command line; no server's name, which may stand there too. */
  public static final String NAME = "run-relay";

  @Option(names = "--flush", required = true,
      description = "One of ${COMPLETION-CANDIDATES}.") private Flushing flushing =
          Flushing.EACH_FRAME;

  @Override
  public Integer call() throws InterruptedException {
    int loops = Runtime.getRuntime().availableProcessors();
    try (RelayServer relay = RelayServer.start(loops, flushing, () -> Link::plain)) {
      System.out.println("relay is ready on port " + relay.port());
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
