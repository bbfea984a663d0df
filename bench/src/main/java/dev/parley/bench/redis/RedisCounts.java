package dev.parley.bench.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statistics of a Redis, see its command {@code INFO}.
 *
 * @param scripts calls of scripts since its start; what a script calls in turn is not in it
 * @param reads calls of {@code XREAD} since its start
 * @param usedBytes the memory that what it keeps takes
 */
public record RedisCounts(long scripts, long reads, long usedBytes) {

  private static final Pattern USED = Pattern.compile("(?m)^used_memory:(\\d+)");

  /** Reads the sections {@code memory} and {@code commandstats}. */
  static RedisCounts of(String memory, String commands) {
    Matcher used = USED.matcher(memory);
    if (!used.find()) {
      throw new IllegalArgumentException("Redis does not say how much memory it uses");
    }
    return new RedisCounts(
        calls("evalsha", commands) + calls("eval", commands), calls("xread", commands),
        Long.parseLong(used.group(1)));
  }

  private static long calls(String command, String commands) {
    Matcher calls =
        Pattern.compile("(?m)^cmdstat_" + command + ":calls=(\\d+)").matcher(commands);
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }
}
