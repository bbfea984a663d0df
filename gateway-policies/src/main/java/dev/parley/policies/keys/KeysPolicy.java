package dev.parley.policies.keys;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policies.support.Bearer;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
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

  /** A key, as hash, and the verdict on who shows it. */
  private record Entry(byte[] hash, Verdict verdict) {}

  KeysPolicy(KeysOptions options, PolicyContext context) {
    header = options.header();
    query = options.query();
    // Sorted, so that of two entries with one hash it is always the same that counts.
    entries = new TreeMap<>(options.holders()).entrySet().stream()
        .map(each -> new Entry(KeyHash.bytes(each.getValue().hash()),
            verdict(each.getKey(), each.getValue(), context.realm())))
        .toList();
  }

  private static Verdict verdict(String name, KeyHolder holder, String realm) {
    if (holder.realm() != null && !holder.realm().equals(realm)) {
      return Verdict.denied(Denial.FOREIGN_CREDENTIAL);
    }
    IdGrant ids = holder.ids().isEmpty() && holder.patterns().isEmpty() ? IdGrant.only(name)
        : new IdGrant(new TreeSet<>(holder.ids()),
            holder.patterns().stream().map(IdPattern::new).toList());
    return new Verdict.Admitted(
        new Identity(name, new TreeSet<>(holder.roles()), ids, null, Map.of()));
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    Verdict verdict = fromHeader(handshake).map(this::verdictOn).orElse(NO_CREDENTIAL);
    if (verdict == NO_CREDENTIAL) {
      verdict = fromQuery(handshake).map(this::verdictOn).orElse(NO_CREDENTIAL);
    }
    return Future.succeededFuture(verdict);
  }

  private Optional<String> fromHeader(Handshake handshake) {
    return header ? Bearer.of(handshake.request()) : Optional.empty();
  }

  private Optional<String> fromQuery(Handshake handshake) {
    return query == null ? Optional.empty() : handshake.parameter(query);
  }

  /** Compares with every entry, each in constant time. */
  private Verdict verdictOn(String shown) {
    if (shown.length() > MAX_KEY) {
      return NO_CREDENTIAL;
    }
    byte[] hash = KeyHash.digest(shown);
    Verdict found = NO_CREDENTIAL;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(hash, entry.hash)) {
        found = entry.verdict;
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return "keys";
  }
}
