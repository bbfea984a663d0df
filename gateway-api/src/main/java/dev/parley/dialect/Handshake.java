package dev.parley.dialect;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's request to open a WebSocket.
 *
 * @param path values of the path's placeholders, decoded
 * @param query the query parameters, decoded; of a repeated one the last
 */
public record Handshake(Map<String, String> path, Map<String, String> query) {

  /** A query parameter; empty if it is missing or has no value. */
  public Optional<String> parameter(String name) {
    @Nullable String value = query.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
