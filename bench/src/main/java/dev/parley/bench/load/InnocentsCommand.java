package dev.parley.bench.load;

import dev.parley.bench.machine.Orders;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Innocents of a server, as a process of its own, so that what attackers do costs their generator
 * nothing. It takes {@link Orders}:
 *
 * <ul>
 * <li>{@code connect}: they connect
 * <li>{@code phase NAME RATE}: a phase of theirs begins, with so many signals in a second
 * <li>{@code end}: they end; what happened to them, an {@link Innocents.Result}
 * </ul>
 */
@Command(name = InnocentsCommand.NAME, hidden = true,
    description = "Be innocents of a server that is there; scripts/bench starts this.")
public final class InnocentsCommand implements Callable<Integer> {

  /** What it is called on the command line. */
  public static final String NAME = "run-innocents";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AGAIN_MILLIS = 500;
  private static final int FAILED = 1;

  @Option(names = "--port", required = true,
      description = "The server's port on loopback.") private int port;

  @Option(names = "--pairs", required = true,
      description = "How many pairs.") private int pairs;

  @Option(names = "--quiet", required = true,
      description = "How long until a signal is lost.") private Duration quiet = Duration.ZERO;

  private @Nullable Innocents innocents;
  private int generation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      Orders.serve(this::carryOut);
      return 0;
    } catch (LoadException failed) {
      System.out.println(failed.getMessage());
      return FAILED;
    } finally {
      close();
    }
  }

  private Optional<Object> carryOut(List<String> order) throws InterruptedException {
    switch (order.getFirst()) {
      case "connect" -> connect();
      case "phase" -> innocents().begin(order.get(1), Double.parseDouble(order.get(2)));
      case "end" -> {
        Innocents.Result result = innocents().end(quiet);
        close();
        return Optional.of(result);
      }
      default -> throw new IllegalArgumentException("no order: " + order);
    }
    return Optional.empty();
  }

  /** After an attack a node may refuse them for a moment: then they reconnect. */
  private void connect() throws InterruptedException {
    close();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (innocents == null) {
      generation++;
      try {
        innocents = Innocents.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            Protocol.PEERJS.script(), "innocent" + generation + "x", pairs, PATIENCE);
      } catch (LoadException refused) {
        if (System.nanoTime() - deadline > 0) {
          throw refused;
        }
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      }
    }
  }

  private Innocents innocents() {
    if (innocents == null) {
      throw new IllegalStateException("there are no innocents");
    }
    return innocents;
  }

  private void close() {
    if (innocents != null) {
      innocents.close();
      innocents = null;
    }
  }
}
