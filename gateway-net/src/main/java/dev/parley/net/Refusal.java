package dev.parley.net;

import dev.parley.dialect.HttpReply;
import java.util.Locale;

/**
 * Why a request does not become a connection, and what its client is answered.
 *
 * @param cause counted
 * @param text says it to people
 */
record Refusal(Cause cause, String text) {

  /** Another node is there at once; one that is alone is back after some seconds. */
  private static final String RETRY_AFTER_SECONDS = "5";

  /** The kinds of refusals, each with its status. */
  enum Cause {
    /** Not HTTP, or not a handshake of RFC 6455. */
    BAD_REQUEST(400),
    /** No WebSocket is served at this path. */
    NO_SUCH_PATH(400),
    /** The page that asks is none of those that may. */
    ORIGIN(403),
    /** The request's line alone is longer than its head may be. */
    URI_TOO_LONG(414),
    /** A version of the WebSocket protocol that is not spoken here. */
    UNSUPPORTED_VERSION(426),
    /** Too many connections from one address. */
    ADDRESS_LIMIT(429),
    /** The head of the request is too long. */
    HEAD_TOO_LONG(431),
    /** Too many connections in all. */
    FULL(503),
    /** The node sheds load. */
    OVERLOADED(503),
    /** The node is stopping. */
    DRAINING(503);

    private final int status;

    Cause(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }

    /** As in metrics and logs. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The answer, which is the last one on its connection. */
  HttpReply reply() {
    HttpReply reply = HttpReply.text(cause.status, text + "\n").with("Connection", "close");
    return switch (cause) {
      case UNSUPPORTED_VERSION ->
          reply
              .with("Connection", "close, Upgrade")
              .with("Upgrade", "websocket")
              .with("Sec-WebSocket-Version", WebSocketUpgrade.VERSIONS);
      case DRAINING, OVERLOADED -> reply.with("Retry-After", RETRY_AFTER_SECONDS);
      case BAD_REQUEST, NO_SUCH_PATH, ORIGIN, URI_TOO_LONG, ADDRESS_LIMIT, HEAD_TOO_LONG, FULL ->
          reply;
    };
  }
}
