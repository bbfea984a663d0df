package dev.parley.access;

import dev.parley.access.Ban.Kind;
import dev.parley.signal.PeerAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bans that a node knows. They are looked up in a table that is replaced as a whole; without
 * bans a look-up reads one field. Addresses cost one look-up for each length of a banned prefix.
 * Thread-safe.
 */
public final class Bans {

  private static final Table EMPTY = new Table(Map.of(), Map.of(), Set.of());

  /** No bans, and none can be added. */
  public static final Bans NONE = new Bans();

  private final @Nullable BanStore store;
  private final InstantSource clock;
  private final Map<Kind, Counter> refused = new EnumMap<>(Kind.class);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Table table = EMPTY;

  /**
   * Bans by what they are looked up by.
   *
   * @param lengths the lengths of the prefixes of networks
   */
  private record Table(
      Map<Ban.Subject, Ban> named, Map<InRealm, Ban> networks, Set<Integer> lengths) {

    static Table of(List<Ban> bans) {
      Map<Ban.Subject, Ban> named = new HashMap<>();
      Map<InRealm, Ban> networks = new HashMap<>();
      Set<Integer> lengths = new HashSet<>();
      for (Ban ban : bans) {
        if (ban.kind() == Kind.NETWORK) {
          Network network = Network.parse(ban.value()).orElseThrow();
          networks.put(new InRealm(ban.realm(), network), ban);
          lengths.add(network.bits());
        } else {
          named.put(ban.subject(), ban);
        }
      }
      return new Table(named, networks, lengths);
    }
  }

  /** A network in a realm, or in all of them. */
  private record InRealm(@Nullable String realm, Network network) implements Comparable<InRealm> {

    private static final Comparator<InRealm> ORDER =
        Comparator.comparing(InRealm::network)
            .thenComparing(InRealm::realm, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(InRealm that) {
      return ORDER.compare(this, that);
    }
  }

  private Bans() {
    this.store = null;
    this.clock = InstantSource.system();
  }

  /**
   * The bans of a node.
   *
   * @param store keeps them
   * @param clock ends them
   */
  public Bans(BanStore store, InstantSource clock, MeterRegistry metrics) {
    this.store = store;
    this.clock = clock;
    for (Kind kind : Kind.values()) {
      refused.put(kind, Counter.builder("parley.bans.refused")
          .description("Handshakes and claims refused, and sessions ended, because of a ban")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(metrics));
    }
    store.listen(this::changed);
  }

  private void changed(List<Ban> all) {
    table = all.isEmpty() ? EMPTY : Table.of(all);
    if (!all.isEmpty()) {
      listeners.forEach(Runnable::run);
    }
  }

  /**
   * Calls {@code listener} when there may be new bans, so that it ends the sessions that match. On
   * any thread.
   */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Bans, or changes a ban; see {@link BanStore#put}. Sessions that match end soon after. */
  public Future<Void> put(Ban ban) {
    return store == null ? Future.failedFuture(new IllegalStateException("no bans are kept"))
        : store.put(ban);
  }

  /** Lifts a ban; see {@link BanStore#remove}. */
  public Future<Void> remove(Ban ban) {
    return store == null ? Future.failedFuture(new IllegalStateException("no bans are kept"))
        : store.remove(ban);
  }

  /** The bans that have not expired. */
  public List<Ban> all() {
    Table now = table;
    return Stream
        .concat(now.named.values().stream(), now.networks.values().stream())
        .filter(this::holds)
        .toList();
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    Table now = table;
    return now.named.isEmpty() && now.networks.isEmpty();
  }

  /** Whether a subject is banned; counts it. */
  public boolean banSubject(String realm, @Nullable String subject) {
    return subject != null && count(Kind.SUBJECT, isNamed(Kind.SUBJECT, realm, subject));
  }

  /** Whether an id is banned; counts it. */
  public boolean banId(PeerAddress address) {
    return count(Kind.ID, isNamed(Kind.ID, address.realm(), address.id()));
  }

  /** Whether an address is banned; counts it. One that cannot be read is not. */
  public boolean banAddress(String realm, String address) {
    Table now = table;
    if (now.networks.isEmpty()) {
      return false;
    }
    return count(Kind.NETWORK,
        Network.parse(address).filter(network -> isBanned(now, realm, network)).isPresent());
  }

  private boolean isBanned(Table now, String realm, Network address) {
    for (int length : now.lengths) {
      if (length <= address.bits()) {
        Network network = address.widened(length);
        if (holds(now.networks.get(new InRealm(realm, network)))
            || holds(now.networks.get(new InRealm(null, network)))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isNamed(Kind kind, String realm, String value) {
    Table now = table;
    return !now.named.isEmpty()
        && (holds(now.named.get(new Ban.Subject(kind, realm, value)))
            || holds(now.named.get(new Ban.Subject(kind, null, value))));
  }

  private boolean holds(@Nullable Ban ban) {
    return ban != null && ban.until().isAfter(clock.instant());
  }

  private boolean count(Kind kind, boolean isBanned) {
    Counter counter = isBanned ? refused.get(kind) : null;
    if (counter != null) {
      counter.increment();
    }
    return isBanned;
  }
}
