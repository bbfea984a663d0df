package dev.parley.access;

import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The gates of all realms, their id policies, and the bans of the node. Gates are replaced as a
 * whole when the configuration is read again; sessions keep the access that they were admitted
 * with. Thread-safe.
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
      byRealm = Collections.unmodifiableMap(new HashMap<>(byRealm));
    }
  }

  private static final Table ALL_OPEN = new Table(Map.of(), Gate.OPEN);

  private volatile Table table;
  private final IdPolicies ids;
  private final Bans bans;
  private final InstantSource clock;

  /** Every realm is open. */
  public Gates() {
    this(ALL_OPEN);
  }

  /** Without restrictions of ids, and without bans. */
  public Gates(Table table) {
    this(table, new IdPolicies(), Bans.NONE, InstantSource.system());
  }

  /** @param clock the time for expiries */
  public Gates(Table table, IdPolicies ids, Bans bans, InstantSource clock) {
    this.table = table;
    this.ids = ids;
    this.bans = bans;
    this.clock = clock;
  }

  /** The id policies of all realms. */
  public IdPolicies ids() {
    return ids;
  }

  /** The bans of the node. */
  public Bans bans() {
    return bans;
  }

  /** The time for expiries. */
  public InstantSource clock() {
    return clock;
  }

  /** The gate of a realm, with the bans of the node. */
  public Gate of(String realm) {
    Table now = table;
    return now.byRealm.getOrDefault(realm, now.others).with(bans, clock);
  }

  /** Replaces all of them; returns the replaced ones, whose policies may be closed. */
  public Table replace(Table replacement) {
    Table replaced = table;
    table = replacement;
    return replaced;
  }
}
