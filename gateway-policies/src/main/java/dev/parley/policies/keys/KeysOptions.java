package dev.parley.policies.keys;

import dev.parley.config.ConfigurationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code gate.N.keys}.
 *
 * @param holders who holds a key, by name
 * @param header whether a key may be in {@code Authorization: Bearer}
 * @param query the query parameter that a key may be in; null for none
 */
public record KeysOptions(
    Map<String, KeyHolder> holders, boolean header, @Nullable String query) {

  /** No keys; those to come may be in the header alone. */
  public static final KeysOptions DEFAULT = new KeysOptions(Map.of(), true, null);

  public KeysOptions {
    holders = Map.copyOf(holders);
    if (!header && query == null) {
      throw new ConfigurationException(
          "header", "false", "true, or a query parameter in query, or no key can be shown");
    }
    if (query != null && query.isBlank()) {
      throw new ConfigurationException("query", query, "the name of a query parameter");
    }
  }
}
