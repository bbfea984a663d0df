package dev.parley.net.websocket;

import dev.parley.dialect.HttpReply;
import dev.parley.identity.Denial;
import java.time.Duration;
import java.util.Locale;

/**
 * Why a request does not become a connection, and the response to its client.
 *
 * @param cause the metrics label and status
 * @param text an explanation for people
 * @param retryAfter when another attempt makes sense, where the cause is one of time
 */
public record Refusal(Cause cause, String text, Duration retryAfter) {

  /** Another node is available at once; a single one is back after some seconds. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** With the usual time until another attempt. */
  public Refusal(Cause cause, String text) {
    this(cause, text, RETRY_AFTER);
  }

  /** Causes, each with its status. */
  public enum Cause {
    /** Not HTTP, or not a handshake of RFC 6455. */
    BAD_REQUEST(400),
    /** No WebSocket is served at this path. */
    NO_SUCH_PATH(400),
    /** The gate has found no credential. */
    NO_CREDENTIAL(401),
    /** The credential cannot be read, or its signature is wrong. */
    BAD_CREDENTIAL(401),
    /** The credential has expired, or is not valid yet. */
    EXPIRED_CREDENTIAL(401),
    /** The credential is for another issuer, audience, or realm. */
    FOREIGN_CREDENTIAL(403),
    /** The client is known, and is not allowed in. */
    FORBIDDEN(403),
    /** The page's origin is not allowed. */
    ORIGIN(403),
    /** The request's line alone exceeds the limit of its head. */
    URI_TOO_LONG(414),
    /** An unsupported version of the WebSocket protocol. */
    UNSUPPORTED_VERSION(426),
    /** Too many connections from one address. */
    ADDRESS_LIMIT(429),
    /** Too many requests or WebSockets from one address in a short time. */
    ADDRESS_RATE(429),
    /** Too many clients of one address wait for the gate. */
    GATE_ADDRESS_LIMIT(429),
    /** The head of the request is too long. */
    HEAD_TOO_LONG(431),
    /** Too many connections in all. */
    FULL(503),
    /** Too many connections of one realm. */
    REALM_FULL(503),
    /** The gate cannot decide now, or has not decided in time. */
    GATE_UNAVAILABLE(503),
    /** Too many clients wait for the gate. */
    GATE_FULL(503),
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

  /** The refusal of a client that a gate has denied. */
  public static Refusal of(Denial denial) {
    Cause cause = switch (denial) {
      case NO_CREDENTIAL -> Cause.NO_CREDENTIAL;
      case BAD_CREDENTIAL -> Cause.BAD_CREDENTIAL;
      case EXPIRED -> Cause.EXPIRED_CREDENTIAL;
      case FOREIGN_CREDENTIAL -> Cause.FOREIGN_CREDENTIAL;
      case FORBIDDEN -> Cause.FORBIDDEN;
      case UNAVAILABLE -> Cause.GATE_UNAVAILABLE;
    };
    return new Refusal(cause, denial.text());
  }

  /** The response, which is the last one on its connection. */
  public HttpReply reply() {
    HttpReply reply = answer().with("Connection", "close");
    return cause == Cause.UNSUPPORTED_VERSION
        ? reply
            .with("Connection", "close, Upgrade")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Version", WebSocketUpgrade.VERSIONS)
        : reply;
  }

  /** The response to a request that others may follow on its connection. */
  public HttpReply answer() {
    HttpReply reply = HttpReply.text(cause.status, text + "\n");
    return switch (cause) {
      case NO_CREDENTIAL, BAD_CREDENTIAL, EXPIRED_CREDENTIAL ->
          reply.with("WWW-Authenticate", "Bearer");
      case DRAINING, OVERLOADED, ADDRESS_RATE, GATE_ADDRESS_LIMIT, GATE_FULL, GATE_UNAVAILABLE ->
          reply.with("Retry-After", Long.toString(wholeSeconds(retryAfter)));
      case BAD_REQUEST, NO_SUCH_PATH, FOREIGN_CREDENTIAL, FORBIDDEN, ORIGIN, URI_TOO_LONG,
          UNSUPPORTED_VERSION, ADDRESS_LIMIT, HEAD_TOO_LONG, FULL, REALM_FULL ->
          reply;
    };
  }

  /** At least one: a client may take zero as "at once, and again". */
  private static long wholeSeconds(Duration time) {
    return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
