package dev.parley.dialect;

import dev.parley.identity.Identity;
import dev.parley.signal.Peer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plain HTTP request to a dialect. */
public interface HttpCall {

  /** The method, e.g. {@code GET}. */
  String method();

  /**
   * The path below the mount as received, not decoded, beginning with {@code /}; without the query.
   */
  String path();

  /** A header's value. */
  Optional<String> header(String name);

  /** The query parameters, decoded; of a repeated one the last. */
  default Map<String, String> query() {
    return Map.of();
  }

  /** Who the client is, if a gate has admitted it; {@link Identity#ANYONE} for an open request. */
  default Identity identity() {
    return Identity.ANYONE;
  }

  /**
   * The peers of a realm, see {@link Switchboard#list}. Called by the handler, on its event loop;
   * completes there. A response that fails with the same failure is a 503.
   */
  Future<List<Peer>> peers(String realm);
}
