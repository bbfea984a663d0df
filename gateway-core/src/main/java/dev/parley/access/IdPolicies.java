package dev.parley.access;

import dev.parley.config.Secret;
import dev.parley.dialect.ServerIds;
import dev.parley.identity.Identity;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The id policies of all realms. Replaced as a whole when the configuration is read again; sessions
 * keep the ids that they own. Thread-safe.
 */
public final class IdPolicies implements ServerIds {

  /**
   * The id policies of one configuration.
   *
   * @param byRealm the realms that have one of their own
   * @param others that of all other realms
   */
  public record Table(Map<String, IdPolicy> byRealm, IdPolicy others) {

    /** No restriction in any realm. */
    public static final Table NONE = new Table(Map.of(), IdPolicy.ANY);

    public Table {
      byRealm = Collections.unmodifiableMap(new HashMap<>(byRealm));
    }
  }

  private volatile Table table;

  /** No restriction in any realm. */
  public IdPolicies() {
    this(Table.NONE);
  }

  public IdPolicies(Table table) {
    this.table = table;
  }

  /** Replaces all of them. */
  public void replace(Table replacement) {
    table = replacement;
  }

  private IdPolicy of(String realm) {
    Table now = table;
    return now.byRealm.getOrDefault(realm, now.others);
  }

  /** Whether an identity may own an id. */
  public boolean permit(PeerAddress address, Identity identity) {
    IdPolicy policy = of(address.realm());
    return policy.equals(IdPolicy.ANY) || policy.permits(address.realm(), address.id(), identity);
  }

  /** Of the peers of a realm, those that a list shows. */
  public List<Peer> listed(String realm, List<Peer> peers) {
    IdPolicy policy = of(realm);
    return policy.unlisted().isEmpty() ? peers
        : peers.stream().filter(each -> policy.lists(each.address().id())).toList();
  }

  @Override
  public String newId(String realm, Supplier<String> usual) {
    Secret given = of(realm).given();
    return given == null ? usual.get() : GivenIds.of(given, realm).next();
  }
}
