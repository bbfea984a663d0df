package dev.parley.dialect;

import dev.parley.identity.Identity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's request to open a WebSocket, or a plain HTTP request that a policy looks at.
 *
 * @param path values of the path's placeholders, decoded
 * @param query the query parameters, decoded; of a repeated one the last
 * @param request the rest of the request
 * @param identity who the client is; {@link Identity#ANYONE} where no gate is configured, and until
 *     a policy has decided
 */
public record Handshake(
    Map<String, String> path, Map<String, String> query, ClientRequest request,
    Identity identity) {

  /** A request of an unknown client. */
  public Handshake(Map<String, String> path, Map<String, String> query) {
    this(path, query, ClientRequest.NONE, Identity.ANYONE);
  }

  /** The same request of a client that is known by now. */
  public Handshake of(Identity known) {
    return new Handshake(path, query, request, known);
  }

  /** A query parameter; empty if it is missing or has no value. */
  public Optional<String> parameter(String name) {
    @Nullable String value = query.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** Keeps secrets out of logs. */
  @Override
  public String toString() {
    return "Handshake[" + request.dialect() + ", " + identity + "]";
  }
}
