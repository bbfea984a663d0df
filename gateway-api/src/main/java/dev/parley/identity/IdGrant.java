package dev.parley.identity;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ids that a client may own. Ids are compared code unit by code unit: case matters, and nothing is
 * normalized.
 *
 * @param ids single ids
 * @param patterns patterns of ids
 */
public record IdGrant(Set<String> ids, List<IdPattern> patterns) {

  /** Every id. */
  public static final IdGrant ANY = new IdGrant(Set.of(), List.of(new IdPattern("*")));

  /** No id. */
  public static final IdGrant NONE = new IdGrant(Set.of(), List.of());

  public IdGrant {
    ids = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
    patterns = List.copyOf(patterns);
  }

  /** One id. */
  public static IdGrant only(String id) {
    return new IdGrant(Set.of(id), List.of());
  }

  /** Whether the id is among them. */
  public boolean permits(String id) {
    if (ids.contains(id)) {
      return true;
    }
    for (IdPattern pattern : patterns) {
      if (pattern.matches(id)) {
        return true;
      }
    }
    return false;
  }

  /** The only id, if there is exactly one. */
  public Optional<String> only() {
    return patterns.isEmpty() && ids.size() == 1 ? ids.stream().findAny() : Optional.empty();
  }
}
