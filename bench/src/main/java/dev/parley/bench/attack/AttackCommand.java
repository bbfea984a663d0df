package dev.parley.bench.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Innocents;
import dev.parley.bench.load.LoadException;
import dev.parley.bench.wire.PeerJsScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Innocents and attackers of a server, as a process of its own. Each line on its standard input is
 * an order, and is answered by a line on its standard output:
 *
 * <ul>
 * <li>{@code innocents}: they connect; {@code done}
 * <li>{@code phase NAME}: a phase of the innocents begins; {@code done}
 * <li>{@code attack NAME SECONDS}, {@code try NAME SECONDS} for a small one: the attack, in JSON:
 * {@link AttackResult}
 * <li>{@code end}: the innocents end; what happened to them, in JSON: {@link Innocents.Result}
 * </ul>
 */
@Command(name = AttackCommand.NAME, hidden = true,
    description = "Attack a server that is there; scripts/bench starts this.")
public final class AttackCommand implements Callable<Integer> {

  /** What it is called on the command line. */
  public static final String NAME = "run-attacks";

  /** The answer to an order that has no other one. */
  public static final String DONE = "done";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AGAIN_MILLIS = 500;
  private static final int FAILED = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--port", required = true,
      description = "The server's port on loopback.") private int port;

  @Option(names = "--pairs", required = true,
      description = "Innocent pairs.") private int pairs;

  @Option(names = "--rate", required = true,
      description = "Their signals in a second.") private int rate;

  @Option(names = "--quiet", required = true,
      description = "How long until a signal is lost.") private Duration quiet = Duration.ZERO;

  private @Nullable Innocents innocents;
  private int generation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(answer(order.split(" ")));
      }
      return 0;
    } catch (LoadException failed) {
      System.out.println(failed.getMessage());
      return FAILED;
    } finally {
      closeInnocents();
    }
  }

  private String answer(String[] order) throws JsonProcessingException, InterruptedException {
    switch (order[0]) {
      case "innocents" -> connect();
      case "phase" -> innocents().begin(order[1]);
      case "attack", "try" -> {
        return JSON.writeValueAsString(play(
            Attacks.named(order[1]), "attack".equals(order[0]), Double.parseDouble(order[2])));
      }
      case "end" -> {
        return JSON.writeValueAsString(end());
      }
      default -> throw new IllegalArgumentException("no order: " + order[0]);
    }
    return DONE;
  }

  /** A node that an attack has just left may refuse them for a moment: then they come back. */
  private void connect() throws InterruptedException {
    closeInnocents();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (innocents == null) {
      generation++;
      try {
        innocents = Innocents.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new PeerJsScript(),
            "innocent" + generation + "x", pairs, rate, PATIENCE);
      } catch (LoadException refused) {
        if (System.nanoTime() - deadline > 0) {
          throw refused;
        }
        TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
      }
    }
  }

  private Innocents.Result end() throws InterruptedException {
    Innocents.Result result = innocents().end(quiet);
    closeInnocents();
    return result;
  }

  private AttackResult play(Attack attack, boolean thorough, double seconds)
      throws InterruptedException {
    long begin = System.nanoTime();
    try (Stage stage = new Stage(port, thorough, seconds)) {
      attack.play().on(stage);
      stage.noteSlowed();
      return stage.tally().result(attack.name(), (System.nanoTime() - begin) / 1e9);
    }
  }

  private Innocents innocents() {
    if (innocents == null) {
      throw new IllegalStateException("there are no innocents");
    }
    return innocents;
  }

  private void closeInnocents() {
    if (innocents != null) {
      innocents.close();
      innocents = null;
    }
  }
}
