package dev.parley.access;

import java.time.InstantSource;
import java.util.Map;

/**
 * The gates of all realms, and their id policies. Gates are replaced as a whole when the
 * configuration is read again; sessions keep the access that they were admitted with. Thread-safe.
 */
public final class Gates {

  /**
   * The gates of one configuration.
   *
   * @param byRealm the realms that have a gate of their own
   * @param others the gate of all other realms
   */
  public record Table(Map<String, Gate> byRealm, Gate others) {

    public Table {
      byRealm = Map.copyOf(byRealm);
    }
  }

  private static final Table ALL_OPEN = new Table(Map.of(), Gate.OPEN);

  private volatile Table table;
  private final IdPolicies ids;
  private final InstantSource clock;

  /** Every realm is open. */
  public Gates() {
    this(ALL_OPEN);
  }

  /** Without restrictions of ids. */
  public Gates(Table table) {
    this(table, new IdPolicies(), InstantSource.system());
  }

  /** @param clock the time for expiries */
  public Gates(Table table, IdPolicies ids, InstantSource clock) {
    this.table = table;
    this.ids = ids;
    this.clock = clock;
  }

  /** The id policies of all realms. */
  public IdPolicies ids() {
    return ids;
  }

  /** The time for expiries. */
  public InstantSource clock() {
    return clock;
  }

  /** The gate of a realm. */
  public Gate of(String realm) {
    Table now = table;
    return now.byRealm.getOrDefault(realm, now.others);
  }

  /** Replaces all of them; returns the replaced ones, whose policies may be closed. */
  public Table replace(Table replacement) {
    Table replaced = table;
    table = replacement;
    return replaced;
  }
}
