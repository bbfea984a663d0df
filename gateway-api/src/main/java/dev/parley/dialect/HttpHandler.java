package dev.parley.dialect;

import io.vertx.core.Future;

/** Handles plain HTTP requests below a mount. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Handles {@code call}; a failed future becomes a 500. Called on an event loop: it must not
   * block.
   */
  Future<HttpReply> handle(HttpCall call);
}
