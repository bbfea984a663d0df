package dev.parley.bench.report;

/** What servers are compared by, in the order of the table. */
public enum Metric {
  /** In a closed loop with eight signals under way for each client. */
  CPU_WINDOW_8("CPU µs per signal, window 8", 2),
  /** What of that was in the operating system: reading from sockets and writing to them. */
  KERNEL_WINDOW_8("… of which in the kernel, window 8", 2),
  /** In a closed loop with one signal under way for each client. */
  CPU_WINDOW_1("CPU µs per signal, window 1", 2),
  /** What of that was in the operating system: reading from sockets and writing to them. */
  KERNEL_WINDOW_1("… of which in the kernel, window 1", 2),
  /** At a fixed rate far below what the server can do. */
  CPU_OPEN("CPU µs per signal, open loop", 2),
  /** In a closed loop with eight signals under way for each client. */
  RATE_WINDOW_8("signals/s, window 8", 0),
  /** In a closed loop with one signal under way for each client. */
  RATE_WINDOW_1("signals/s, window 1", 0),
  /** As with one core, but the server has two. */
  RATE_TWO_CORES("signals/s, window 8, two cores", 0),
  /** What the second core brings. */
  GAIN_TWO_CORES("two cores ÷ one core", 2),
  /** From the intended time of sending to the arrival. */
  P50_OPEN("p50 µs, open loop", 0),
  /** From the intended time of sending to the arrival. */
  P99_OPEN("p99 µs, open loop", 0),
  /** Growth of the resident memory, after garbage collections. */
  IDLE_BYTES("bytes per idle connection", 0),
  /** Resident memory of a server that has just started. */
  START_MIB("MiB after the start", 0),
  /** The most resident memory that it had until then. */
  START_PEAK_MIB("MiB at most until then", 0),
  /** From the start of the process to the line that says so. */
  LISTENING("ms until it listens", 0),
  /** The same with two cores: a JVM compiles on the one what it runs on the other. */
  LISTENING_TWO_CORES("ms until it listens, two cores", 0),
  /** From the start of the process to the answer to the first client. */
  ANSWERED("ms until a client is answered", 0),
  /** The generator's use of its own cores: near 1 it is the generator that is measured. */
  GENERATOR_LOAD("generator's load, window 8", 2) {
    @Override
    public boolean isComparable() {
      return false;
    }
  };

  private final String title;
  private final int decimals;

  Metric(String title, int decimals) {
    this.title = title;
    this.decimals = decimals;
  }

  /** What it is, with its unit. */
  public String title() {
    return title;
  }

  /** How many digits behind the point mean something. */
  public int decimals() {
    return decimals;
  }

  /** Whether it is about the server, so that two servers can be compared by it. */
  public boolean isComparable() {
    return true;
  }
}
