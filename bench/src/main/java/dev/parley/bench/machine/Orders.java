package dev.parley.bench.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Commands of a process of the bench to a child process. Each line on the standard input of the
 * child is a command, and is answered by a line on its standard output: a result in JSON, or {@code
 * done}.
 */
public final class Orders {

  private static final String DONE = "done";
  private static final Pattern DONE_LINE = Pattern.compile("^" + DONE + "$");
  private static final Pattern JSON_LINE = Pattern.compile("^\\{.*}$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Orders() {}

  /** Executes commands. */
  @FunctionalInterface
  public interface Executor {
    /**
     * Carries one out.
     *
     * @param words of the order, separated by blanks; the first one is its name
     * @return its result, if it has one
     * @throws IllegalArgumentException if there is no such order
     */
    Optional<Object> carryOut(List<String> words) throws InterruptedException;
  }

  /** Executes commands of standard input, until it ends. */
  public static void serve(Executor executor) throws IOException, InterruptedException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    PrintStream answers = System.out;
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      Optional<Object> result = executor.carryOut(List.of(order.split(" ")));
      answers.println(result.isPresent() ? JSON.writeValueAsString(result.get()) : DONE);
    }
  }

  /**
   * Sends a command without a result, and waits until it is done.
   *
   * @throws IOException if that takes too long, or the process ends instead
   */
  public static void give(ChildProcess to, String order, Duration patience)
      throws IOException, InterruptedException {
    to.tell(order);
    var unused = to.awaitLine(DONE_LINE, patience);
  }

  /**
   * Sends a command, and waits for the result.
   *
   * @throws IOException if that takes too long, or the process ends instead
   */
  public static <T> T give(ChildProcess to, String order, Class<T> result, Duration patience)
      throws IOException, InterruptedException {
    to.tell(order);
    return JSON.readValue(to.awaitLine(JSON_LINE, patience).group(), result);
  }
}
