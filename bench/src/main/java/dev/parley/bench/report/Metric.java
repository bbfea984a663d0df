package dev.parley.bench.report;

/** The metrics of a comparison, in the order of the table. */
public enum Metric {
  /** In a closed loop with eight signals in flight for each client. */
  CPU_WINDOW_8("CPU µs per signal, window 8", 2),
  /** What of that was in the operating system: reading from sockets and writing to them. */
  KERNEL_WINDOW_8("… of which in the kernel, window 8", 2),
  /** In a closed loop with one signal in flight for each client. */
  CPU_WINDOW_1("CPU µs per signal, window 1", 2),
  /** What of that was in the operating system: reading from sockets and writing to them. */
  KERNEL_WINDOW_1("… of which in the kernel, window 1", 2),
  /** At a fixed rate far below what the server can do. */
  CPU_OPEN("CPU µs per signal, open loop", 2),
  /** In a closed loop with eight signals in flight for each client. */
  RATE_WINDOW_8("signals/s, window 8", 0),
  /** In a closed loop with one signal in flight for each client. */
  RATE_WINDOW_1("signals/s, window 1", 0),
  /** As with one core, but the server has two. */
  RATE_TWO_CORES("signals/s, window 8, two cores", 0),
  /** What the second core brings. */
  GAIN_TWO_CORES("two cores ÷ one core", 2),
  /** From the intended time of sending to the arrival. */
  P50_OPEN("p50 µs, open loop", 0),
  /** From the intended time of sending to the arrival. */
  P99_OPEN("p99 µs, open loop", 0),
  /** The time of Redis' core for a signal between nodes, in a closed loop; reading included. */
  REDIS_CPU_WINDOW_8("Redis' CPU µs per signal, window 8", 2),
  /** The same at a fixed rate. */
  REDIS_CPU_OPEN("Redis' CPU µs per signal, open loop", 2),
  /** Calls that nodes make to change something in Redis: the round trips of a signal. */
  REDIS_CALLS_WINDOW_8("calls of scripts per signal, window 8", 3),
  /** The same at a fixed rate. */
  REDIS_CALLS_OPEN("calls of scripts per signal, open loop", 3),
  /** How often nodes read their inboxes. */
  REDIS_READS_WINDOW_8("reads of inboxes per signal, window 8", 3),
  /** The same at a fixed rate. */
  REDIS_READS_OPEN("reads of inboxes per signal, open loop", 3),
  /** Ids that are claimed in a second, without concurrent claims. */
  CLAIM_RATE("claims/s", 0),
  /** How long that takes for all. */
  CLAIM_SECONDS("s to claim all peers", 2),
  /** The time of Redis' core for it. */
  CLAIM_REDIS_CPU("Redis' CPU µs per claim", 2),
  /** Growth of the memory that Redis uses. */
  PEER_REDIS_BYTES("bytes in Redis per idle peer", 0),
  /** Growth of the resident memory of hubs, after garbage collections. */
  PEER_NODE_BYTES("bytes in a node's hub per idle peer", 0),
  /** The time that Redis spends while all peers are idle. */
  PEERS_REDIS_LOAD("Redis' CPU ms per s, all peers idle", 1),
  /** The time that all hubs spend meanwhile. */
  PEERS_NODE_LOAD("hubs' CPU ms per s, all peers idle", 1),
  /** Users who join one room at once: how many are answered in a second. */
  JOIN_RATE("joins/s of one room", 0),
  /** Until each user in it has heard of all others. */
  JOIN_KNOWN("ms until all in the room know all", 0),
  /** Commits for that. */
  COMMIT_RATE("commits/s, one room", 0),
  /** Of those, how many were retried because of a concurrent change. */
  COMMIT_RETRIES("retries per commit, one room", 3),
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
  /** Redis' use of its core: near 1 it is Redis that limits the nodes. */
  REDIS_LOAD("Redis' load, window 8", 2) {
    @Override
    public boolean isComparable() {
      return false;
    }
  },
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

  /** Whether it is measured only on a machine where the server can have two cores of its own. */
  public boolean needsTwoCores() {
    return switch (this) {
      case RATE_TWO_CORES, GAIN_TWO_CORES, LISTENING_TWO_CORES -> true;
      default -> false;
    };
  }

  /** Whether it is about the server, so that two servers can be compared by it. */
  public boolean isComparable() {
    return true;
  }
}
