package dev.parley.net.websocket;

import dev.parley.dialect.HttpReply;
import java.util.Locale;

/**
 * Why a request does not become a connection, and the response to its client.
 *
 * @param cause the metrics label and status
 * @param text an explanation for people
 */
public record Refusal(Cause cause, String text) {

  /** Another node is available at once; a single one is back after some seconds. */
  private static final String RETRY_AFTER_SECONDS = "5";

  /** Causes, each with its status. */
  public enum Cause {
    /** Not HTTP, or not a handshake of RFC 6455. */
    BAD_REQUEST(400),
    /** No WebSocket is served at this path. */
    NO_SUCH_PATH(400),
    /** The page's origin is not allowed. */
    ORIGIN(403),
    /** The request's line alone exceeds the limit of its head. */
    URI_TOO_LONG(414),
    /** An unsupported version of the WebSocket protocol. */
    UNSUPPORTED_VERSION(426),
    /** Too many connections from one address. */
    ADDRESS_LIMIT(429),
    /** The head of the request is too long. */
    HEAD_TOO_LONG(431),
    /** Too many connections in all. */
    FULL(503),
    /** Too many connections of one realm. */
    REALM_FULL(503),
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

    /** The label in metrics and logs. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The response, which is the last one on its connection. */
  public HttpReply reply() {
    HttpReply reply = HttpReply.text(cause.status, text + "\n").with("Connection", "close");
    return switch (cause) {
      case UNSUPPORTED_VERSION ->
          reply
              .with("Connection", "close, Upgrade")
              .with("Upgrade", "websocket")
              .with("Sec-WebSocket-Version", WebSocketUpgrade.VERSIONS);
      case DRAINING, OVERLOADED -> reply.with("Retry-After", RETRY_AFTER_SECONDS);
      case BAD_REQUEST, NO_SUCH_PATH, ORIGIN, URI_TOO_LONG, ADDRESS_LIMIT, HEAD_TOO_LONG, FULL,
          REALM_FULL ->
          reply;
    };
  }
}
