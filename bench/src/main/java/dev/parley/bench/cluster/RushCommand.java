package dev.parley.bench.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Users of calling-signaling that all join one room at the same time, as a process of its own. It
 * says {@link Phase#CONNECTED} when they are there. Then each line on its standard input is the
 * name of a room; when all have joined it and have heard of each other, it says in JSON how that
 * went: a {@link RushResult}.
 */
@Command(name = RushCommand.NAME, hidden = true,
    description = "Have many users join a room at once; scripts/bench starts this.")
public final class RushCommand implements Callable<Integer> {

  /** What it is called on the command line; no server's name, which may stand there too. */
  public static final String NAME = "run-rush";

  private static final int FAULTY = 1;

  @Option(names = "--port", required = true, split = ",",
      description = "The nodes' ports on loopback.") private List<Integer> ports =
          new ArrayList<>();

  @Option(names = "--users", required = true,
      description = "How many.") private int users;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean sound = true;
    try (Rush rush = Rush.connect(ports, users)) {
      System.out.println(Phase.CONNECTED);
      BufferedReader rooms =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String room = rooms.readLine(); room != null; room = rooms.readLine()) {
        RushResult result = rush.join(room);
        System.out.println(new ObjectMapper().writeValueAsString(result));
        sound &= !result.faults().any();
      }
    }
    return sound ? 0 : FAULTY;
  }
}
