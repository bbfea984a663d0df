package dev.parley.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as a policy has found out.
 *
 * @param subject the verified user; null for a client that may connect without being one. The
 *     newest session of a subject takes over the ids of its earlier ones
 * @param roles its roles, for policies
 * @param ids the ids that it may own
 * @param expiry when its session ends; null for never
 * @param attributes further facts, for policies
 */
public record Identity(
    @Nullable String subject, Set<String> roles, IdGrant ids, @Nullable Instant expiry,
    Map<String, String> attributes) {

  /** A client of which nothing is known, and that may own any id. */
  public static final Identity ANYONE =
      new Identity(null, Set.of(), IdGrant.ANY, null, Map.of());

  public Identity {
    roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** A subject whose only id is its own name. */
  public static Identity of(String subject) {
    return new Identity(subject, Set.of(), IdGrant.only(subject), null, Map.of());
  }

  /** The one id that the client may own, if there is exactly one: a server that chooses ids. */
  public Optional<String> onlyId() {
    return ids.only();
  }

  /** Keeps attributes out of logs. */
  @Override
  public String toString() {
    return "Identity[subject=" + subject + ", roles=" + roles + ", expiry=" + expiry + "]";
  }
}
