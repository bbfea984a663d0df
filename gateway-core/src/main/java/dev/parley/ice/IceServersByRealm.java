package dev.parley.ice;

import dev.parley.dialect.IceServers;
import dev.parley.identity.Identity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The STUN and TURN servers of all realms. Replaced as a whole when the configuration is read
 * again; credentials that were issued before stay valid for as long as the TURN server knows their
 * secret. Thread-safe.
 */
public final class IceServersByRealm implements IceServers {

  /**
   * What one configuration says.
   *
   * @param byRealm the realms that have servers of their own
   * @param others the servers of all other realms
   */
  public record Table(Map<String, TurnOptions> byRealm, TurnOptions others) {

    /** No servers in any realm. */
    public static final Table NONE = new Table(Map.of(), TurnOptions.DEFAULT);

    public Table {
      byRealm = Collections.unmodifiableMap(new HashMap<>(byRealm));
    }
  }

  private record Lists(Map<String, IceServerList> byRealm, IceServerList others) {

    static Lists of(Table table) {
      Map<String, IceServerList> lists = new HashMap<>();
      table.byRealm.forEach((realm, options) -> lists.put(realm, new IceServerList(options)));
      return new Lists(lists, new IceServerList(table.others));
    }
  }

  private final InstantSource clock;
  private final Counter issued;
  private volatile Lists lists;

  /**
   * @param clock the time from which credentials expire; the TURN server compares it with its own
   * @param metrics receives the number of credentials
   */
  public IceServersByRealm(Table table, InstantSource clock, MeterRegistry metrics) {
    this.lists = Lists.of(table);
    this.clock = clock;
    this.issued =
        Counter.builder("parley.turn.credentials")
            .description("Credentials for TURN servers that were issued to clients")
            .register(metrics);
  }

  @Override
  public Optional<String> of(String realm, Identity identity) {
    Lists now = lists;
    IceServerList list = now.byRealm.getOrDefault(realm, now.others);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    if (list.hasTurn()) {
      issued.increment();
    }
    return Optional.of(list.issue(identity, clock.instant()));
  }

  /** Replaces all of them. */
  public void replace(Table replacement) {
    lists = Lists.of(replacement);
  }
}
