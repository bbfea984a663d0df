package dev.parley.bench.machine;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Parses files of {@code /proc} about a process and the machine, see proc(5). */
final class ProcFiles {

  /** A zombie, or dead, see proc(5). */
  private static final Pattern ENDED = Pattern.compile("^State:\\s+[ZX]");

  /** The unit of times: USER_HZ, a hundredth of a second wherever a JVM runs. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Where times are, counted from behind the name of the program. */
  private static final int USER = 11;
  private static final int KERNEL = 12;

  /** The same for children that have ended. */
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_KERNEL = 14;

  /** The times of all cores together: user, nice, system, idle, iowait, irq, softirq, steal. */
  private static final Pattern ALL_CORES =
      Pattern.compile("^cpu +(\\d+(?: \\d+){7})", Pattern.MULTILINE);
  private static final int STOLEN = 7;

  private static final long KIB = 1024;

  private ProcFiles() {}

  /** The time that a process has used of all cores, from its {@code stat}. */
  static CpuTime cpu(String stat) {
    // The name is in brackets and may have brackets and blanks in it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return new CpuTime(
        time(fields[USER]).plus(time(fields[CHILDREN_USER])),
        time(fields[KERNEL]).plus(time(fields[CHILDREN_KERNEL])));
  }

  private static Duration time(String ticks) {
    return TICK.multipliedBy(Long.parseLong(ticks));
  }

  /**
   * The time of the machine, from its {@code stat}. Time of guests is part of user and nice.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static HostTime host(String stat) {
    Matcher cores = ALL_CORES.matcher(stat);
    if (!cores.find()) {
      throw new IllegalArgumentException("there are no times of all cores");
    }
    long[] times = Stream.of(cores.group(1).split(" ")).mapToLong(Long::parseLong).toArray();
    return new HostTime(LongStream.of(times).sum(), times[STOLEN]);
  }

  /**
   * A number of bytes from {@code status}.
   *
   * @param name for example {@code VmRSS}
   * @throws IllegalArgumentException if there is none: the process has ended
   */
  static long bytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kib -> Long.parseLong(kib) * KIB)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no " + name));
  }

  /**
   * Whether {@code status} is that of a zombie, or of a process that is about to end: its memory is
   * freed before its state changes.
   */
  static boolean hasEnded(List<String> status) {
    return status.stream().anyMatch(line -> ENDED.matcher(line).find())
        || status.stream().noneMatch(line -> line.startsWith("Vm"));
  }
}
