package dev.parley.policies.keys;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.Identity;
import dev.parley.policies.support.Bearer;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Admits the holders of static keys. A value that is no key is no credential either: policies
 * behind this one may know what it is.
 */
final class KeysPolicy implements Policy {

  private static final Verdict NO_CREDENTIAL = new Verdict.NoCredential();

  /** A longer value is not hashed. */
  private static final int MAX_KEY = 1024;

  private final List<Entry> entries;
  private final boolean header;
  private final @Nullable String query;

  /** A key, as hash, the verdict on who shows it, and the realm that it is for. */
  private static final class Entry {

    private final byte[] hash;
    private final Verdict verdict;
    private final @Nullable String realm;

    Entry(byte[] hash, Verdict verdict, @Nullable String realm) {
      this.hash = hash;
      this.verdict = verdict;
      this.realm = realm;
    }

    Verdict in(String wanted) {
      return realm == null || realm.equals(wanted) ? verdict
          : Verdict.denied(Denial.FOREIGN_CREDENTIAL);
    }
  }

  KeysPolicy(KeysOptions options) {
    header = options.header();
    query = options.query();
    // Sorted, so that of two entries with one hash it is always the same that counts.
    entries = new TreeMap<>(options.holders()).entrySet().stream()
        .map(each -> new Entry(KeyHash.bytes(each.getValue().hash()),
            verdict(each.getKey(), each.getValue()), each.getValue().realm()))
        .toList();
  }

  private static Verdict verdict(String name, KeyHolder holder) {
    IdGrant ids = holder.ids().isEmpty() && holder.patterns().isEmpty() ? IdGrant.only(name)
        : new IdGrant(new TreeSet<>(holder.ids()), holder.patterns());
    return new Verdict.Admitted(
        new Identity(name, new TreeSet<>(holder.roles()), ids, null, Map.of()));
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    String realm = handshake.request().realm();
    Verdict verdict = fromHeader(handshake)
        .flatMap(this::holderOf)
        .or(() -> fromQuery(handshake).flatMap(this::holderOf))
        .map(entry -> entry.in(realm))
        .orElse(NO_CREDENTIAL);
    return Future.succeededFuture(verdict);
  }

  private Optional<String> fromHeader(Handshake handshake) {
    return header ? Bearer.of(handshake.request()) : Optional.empty();
  }

  private Optional<String> fromQuery(Handshake handshake) {
    return query == null ? Optional.empty() : handshake.parameter(query);
  }

  /** Compares with every entry, each in constant time. */
  private Optional<Entry> holderOf(String shown) {
    if (shown.length() > MAX_KEY) {
      return Optional.empty();
    }
    byte[] hash = KeyHash.digest(shown);
    Optional<Entry> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(hash, entry.hash)) {
        found = Optional.of(entry);
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return "keys";
  }
}
