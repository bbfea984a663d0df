package dev.parley.bench.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a process writes: one thread adds them, another one waits for them. */
final class Output {

  private static final int KEPT = 30;

  private final String name;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final Deque<String> last = new ArrayDeque<>();
  private long count;

  Output(String name) {
    this.name = name;
  }

  void add(String line) {
    keep(line);
    lines.add(Optional.of(line));
  }

  void end() {
    lines.add(Optional.empty());
  }

  /** See {@link ChildProcess#awaitLine}. */
  MatchResult await(Pattern wanted, Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<String> line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new IOException(
            name + " did not say '" + wanted + "' within " + patience.toSeconds() + " s, but "
                + last());
      }
      if (line.isEmpty()) {
        end();
        throw new IOException(name + " ended without saying '" + wanted + "', but " + last());
      }
      Matcher matcher = wanted.matcher(line.get());
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
    }
  }

  private synchronized void keep(String line) {
    count++;
    last.add(line);
    if (last.size() > KEPT) {
      last.remove();
    }
  }

  /** How many lines there were. */
  synchronized long count() {
    return count;
  }

  /** The last lines. */
  synchronized String last() {
    return last.isEmpty() ? "nothing" : "\n  " + String.join("\n  ", last);
  }
}
