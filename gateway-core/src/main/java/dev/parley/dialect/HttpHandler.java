package dev.parley.dialect;

import io.vertx.core.Future;

/** Answers plain HTTP requests below a mount. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers {@code call}; a failed future becomes a 500. Called on an event loop: it must not
   * block.
   */
  Future<HttpReply> handle(HttpCall call);

  /**
   * Dresses a refusal of the gateway itself (a head that is too long, a failure) so that this
   * dialect's clients can read it: web pages need headers of CORS for that.
   *
   * @param call what is refused; of its headers some may be missing
   * @param refusal the answer
   * @return the answer that is sent
   */
  default HttpReply refused(HttpCall call, HttpReply refusal) {
    return refusal;
  }
}
