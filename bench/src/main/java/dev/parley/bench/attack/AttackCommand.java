package dev.parley.bench.attack;

import dev.parley.bench.machine.Orders;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Attackers of a server, as a process of its own: in reality they have cores of their own, so they
 * must not take any from the server and its innocents. It takes {@link Orders}:
 *
 * <ul>
 * <li>{@code attack NAME SECONDS}, {@code try NAME SECONDS} for a small one: the attack, an
 * {@link AttackResult}
 * </ul>
 */
@Command(name = AttackCommand.NAME, hidden = true,
    description = "Attack a server that is there; scripts/bench starts this.")
public final class AttackCommand implements Callable<Integer> {

  /** What it is called on the command line. */
  public static final String NAME = "run-attacks";

  @Option(names = "--port", required = true,
      description = "The server's port on loopback.") private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Orders.serve(this::carryOut);
    return 0;
  }

  private Optional<Object> carryOut(List<String> order) throws InterruptedException {
    boolean thorough = switch (order.getFirst()) {
      case "attack" -> true;
      case "try" -> false;
      default -> throw new IllegalArgumentException("no order: " + order);
    };
    return Optional.of(
        play(Attacks.named(order.get(1)), thorough, Double.parseDouble(order.get(2))));
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
}
