package dev.parley.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some of the machine's cores, by their numbers, in order. As a text: {@code 0,2-3}.
 *
 * @param numbers at least one
 */
public record Cores(List<Integer> numbers) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  public Cores {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("no cores");
    }
    numbers = List.copyOf(numbers);
  }

  /** Those of a collection. */
  public static Cores of(Collection<Integer> numbers) {
    return new Cores(List.copyOf(new TreeSet<>(numbers)));
  }

  /**
   * Reads what {@link #toString} and the kernel write.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static Cores parse(String text) {
    Set<Integer> numbers = new TreeSet<>();
    for (String range : text.strip().split(",", -1)) {
      String[] ends = range.split("-", 2);
      int from = Integer.parseInt(ends[0].strip());
      int to = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : from;
      IntStream.rangeClosed(from, to).forEach(numbers::add);
    }
    return of(numbers);
  }

  /**
   * Those that this process may use.
   *
   * @throws IOException if the system does not say; then it is not Linux
   */
  public static Cores allowed() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ALLOWED)) {
        return parse(line.substring(ALLOWED.length()));
      }
    }
    throw new IOException(STATUS + " has no line " + ALLOWED);
  }

  /** How many they are. */
  public int count() {
    return numbers.size();
  }

  /** Those from one place up to another, counted from 0. */
  Cores part(int from, int to) {
    return new Cores(numbers.subList(from, to));
  }

  @Override
  public String toString() {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
