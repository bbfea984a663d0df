package dev.parley.dialect;

import io.vertx.core.Future;
import java.util.Optional;

/** Handles plain HTTP requests below a mount. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Handles {@code call}; a failed future becomes a 500. Called on an event loop: it must not
   * block.
   */
  Future<HttpReply> handle(HttpCall call);

  /** The realm that the request is about; empty for the mount's. Called before its gate. */
  default Optional<String> realm(HttpCall call) {
    return Optional.empty();
  }

  /**
   * Whether the request needs no credential: it tells nothing about peers and changes nothing, and
   * clients that have a credential send it without.
   */
  default boolean isOpen(HttpCall call) {
    return false;
  }
}
