package dev.parley.docs;

import dev.parley.cluster.RedisHub;
import dev.parley.config.Bound;
import dev.parley.group.ShownBytes;
import dev.parley.group.rules.GroupRules;
import dev.parley.net.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Upper bounds of the cost of untrusted clients for a node, computed from its limits. Another cost
 * is another entry of {@link #MEMORY} or {@link #WORK}.
 *
 * @param limits of the node
 */
record Budget(Limits limits) {

  /** Larger than any bound. */
  static final long NO_BOUND = Long.MAX_VALUE;

  /** The maximum of one read of a socket. */
  private static final long READ = 64 * 1024;

  /** The array of a message in fragments is doubled: for a moment there are two. */
  private static final long WHILE_GROWING = 2;

  /** Bytes that are held, at most. */
  static final List<Cost> MEMORY = List.of(
      cost("a message that has not ended, and one read", Unit.BYTES,
          limits -> WHILE_GROWING * limits.message().bytes() + READ)
          .inAll(limits -> limits.unfinished().bytes()),
      cost("what waits to be written", Unit.BYTES,
          limits -> Limits.EXCESS * limits.outbound().bytes())
          .inAll(limits -> limits.outboundInAll().bytes()).besideTheHeap(),
      cost("signals for peers that are not there", Unit.BYTES,
          limits -> limits.mailboxes().bytesPerSender().bytes())
          .inAll(limits -> limits.mailboxes().bytesInAll().bytes()),
      cost("signals that sessions hold for their clients", Unit.BYTES,
          limits -> limits.held().bytes())
          .inAll(limits -> limits.held().bytes()),
      cost("users, rooms and namespaces, with statuses", Unit.BYTES, Budget::groups)
          .inAll(limits -> limits.groups().bytes().bytes()));

  /** Work in a second, at most. */
  static final List<Cost> WORK = List.of(
      cost("frames read", Unit.COUNT, Budget::frames),
      cost("bytes read", Unit.BYTES, limits -> Math.min(bytes(limits),
          times(frames(limits), limits.message().bytes()))),
      cost("messages to others", Unit.COUNT, limits -> output(limits) == NO_BOUND ? NO_BOUND
          : output(limits) / ShownBytes.FRAME),
      cost("bytes of them", Unit.BYTES, Budget::output));

  /** What is counted. */
  enum Unit {
    BYTES, COUNT
  }

  /**
   * A kind of cost.
   *
   * @param connection what one connection can cost, {@link #NO_BOUND} if that is not bounded
   * @param realm what all connections of a realm can cost, if that is bounded by itself
   * @param node what all connections can cost, if that is bounded by itself
   * @param onHeap whether it is memory of the heap; if not, it is direct memory
   */
  record Cost(String what, Unit unit, ToLongFunction<Limits> connection,
      ToLongFunction<Limits> realm, ToLongFunction<Limits> node, boolean onHeap) {

    /** The same with a bound for a realm. */
    Cost ofARealm(ToLongFunction<Limits> bound) {
      return new Cost(what, unit, connection, bound, node, onHeap);
    }

    /** The same with a bound for the node. */
    Cost inAll(ToLongFunction<Limits> bound) {
      return new Cost(what, unit, connection, realm, bound, onHeap);
    }

    /** The same as direct memory, where sockets' buffers are. */
    Cost besideTheHeap() {
      return new Cost(what, unit, connection, realm, node, false);
    }
  }

  /**
   * The most of something.
   *
   * @param realm of the default configuration, which has one realm
   */
  record Most(long connection, long address, long realm) {

    private Most plus(Most other) {
      return new Most(Budget.plus(connection, other.connection),
          Budget.plus(address, other.address), Budget.plus(realm, other.realm));
    }
  }

  private static Cost cost(String what, Unit unit, ToLongFunction<Limits> connection) {
    return new Cost(what, unit, connection, limits -> NO_BOUND, limits -> NO_BOUND, true);
  }

  /** Frames that a connection may send in a second, over time. */
  private static long frames(Limits limits) {
    return limits.rate().isOff() ? NO_BOUND : limits.rate().perSecond();
  }

  /** Bytes that a connection may send, or cause to be written, in a second, over time. */
  private static long bytes(Limits limits) {
    return limits.byteRate().isOff() ? NO_BOUND : limits.byteRate().perSecond().bytes();
  }

  /** Bytes to others that a connection may cause: charged ones and free ones. */
  private static long output(Limits limits) {
    return plus(bytes(limits), times(frames(limits), GroupRules.FREE));
  }

  /** Data of a user, and the statuses of rooms that it has made or is in. */
  private static long groups(Limits limits) {
    return limits.groups().bytesPerUser().bytes()
        + 2L * limits.groups().roomsPerUser() * limits.groups().status().bytes();
  }

  /** The upper bound of this cost. */
  Most most(Cost cost) {
    long one = cost.connection.applyAsLong(limits);
    long realm = Math.min(Math.min(cost.realm.applyAsLong(limits), cost.node.applyAsLong(limits)),
        times(one, count(limits.connections())));
    long address = Math.min(realm, times(one, count(limits.connectionsPerAddress())));
    return new Most(Math.min(one, realm), address, realm);
  }

  /** All memory together. */
  Most memory() {
    return MEMORY.stream().map(this::most).reduce(new Most(0, 0, 0), Most::plus);
  }

  /**
   * The memory that has a bound of its own for the whole node, all of it together.
   *
   * @param onHeap whether that of the heap, or direct memory
   */
  long totals(boolean onHeap) {
    return MEMORY.stream().filter(cost -> cost.onHeap == onHeap)
        .mapToLong(cost -> cost.node.applyAsLong(limits))
        .filter(bound -> bound != NO_BOUND).sum();
  }

  /** The same on the heap of a node of a cluster: mailboxes and groups are in Redis. */
  long totalsOfClusterNode() {
    return totals(true) - limits.mailboxes().bytesInAll().bytes() - limits.groups().bytes().bytes()
        + RedisHub.MAX_MEMORY;
  }

  /** Costs without one. */
  List<String> withoutTotal() {
    return MEMORY.stream().filter(cost -> cost.node.applyAsLong(limits) == NO_BOUND)
        .map(Cost::what).toList();
  }

  /** As a table of the page. */
  String table() {
    List<String> rows = new ArrayList<>(List.of(
        "| at most | one connection | one address | one realm |", "| --- | ---: | ---: | ---: |"));
    MEMORY.forEach(cost -> rows.add(row("held: " + cost.what, cost.unit, most(cost))));
    rows.add(row("held in all", Unit.BYTES, memory()));
    WORK.forEach(cost -> rows.add(row("in a second: " + cost.what, cost.unit, most(cost))));
    return String.join("\n", rows) + "\n";
  }

  private static String row(String what, Unit unit, Most most) {
    return "| %s | %s | %s | %s |".formatted(what, text(unit, most.connection),
        text(unit, most.address), text(unit, most.realm));
  }

  private static String text(Unit unit, long amount) {
    if (amount == NO_BOUND) {
      return "no bound";
    }
    return unit == Unit.COUNT ? String.format(Locale.ROOT, "%,d", amount) : bytes(amount);
  }

  private static String bytes(long amount) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    double value = amount;
    int unit = 0;
    while (value >= 1024 && unit < units.size() - 1) {
      value /= 1024;
      unit++;
    }
    String digits = value >= 10 || value == Math.rint(value) ? "%,.0f %s" : "%,.1f %s";
    return String.format(Locale.ROOT, digits, value, units.get(unit));
  }

  private static long count(Bound bound) {
    return bound.isOff() ? NO_BOUND : bound.most();
  }

  private static long times(long one, long other) {
    return one == NO_BOUND || other == NO_BOUND || Math.multiplyHigh(one, other) != 0
        || one * other < 0 ? NO_BOUND : one * other;
  }

  private static long plus(long one, long other) {
    return one == NO_BOUND || other == NO_BOUND || one + other < 0 ? NO_BOUND : one + other;
  }
}
