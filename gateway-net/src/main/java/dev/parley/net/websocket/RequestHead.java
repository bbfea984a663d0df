package dev.parley.net.websocket;

import dev.parley.config.ByteSize;
import dev.parley.net.websocket.Refusal.Cause;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The limit on the head of a request: its line and its headers together, as Node counts it. Netty's
 * decoder bounds the two separately, and drops a line that is too long. So it gets twice the limit
 * for each: what exceeds the limit by less than that is read to its end, and the response can have
 * the headers that the requesting page needs in order to read it.
 */
public final class RequestHead {

  /** Netty's name for a request whose line it could not parse. */
  private static final String UNREAD = "/bad-request";

  private RequestHead() {}

  /** Configures a server's decoder to read heads somewhat longer than {@code limit}. */
  public static void bound(HttpServerOptions http, ByteSize limit) {
    http.setMaxInitialLineLength(2 * limit.intBytes()).setMaxHeaderSize(2 * limit.intBytes());
  }

  /** Whether a readable head is too long. */
  public static Optional<Refusal> objectionTo(HttpServerRequest request, ByteSize limit) {
    if (!(request.decoderResult() instanceof HttpMessageDecoderResult head)
        || head.totalSize() <= limit.bytes()) {
      return Optional.empty();
    }
    return Optional.of(head.initialLineLength() > limit.bytes() ? lineTooLong() : headTooLong());
  }

  /** Why a head is unreadable; empty if its client has disconnected meanwhile. */
  public static Optional<Refusal> fault(HttpServerRequest request) {
    DecoderResult result = request.decoderResult();
    return switch (result.cause()) {
      case PrematureChannelClosureException gone -> Optional.empty();
      case TooLongHttpLineException line -> Optional.of(lineTooLong());
      case TooLongHttpHeaderException headers -> Optional.of(headTooLong());
      case null, default -> Optional.of(new Refusal(Cause.BAD_REQUEST, "this is not HTTP/1.1"));
    };
  }

  /** Whether the request line is readable. */
  public static boolean isLineRead(HttpServerRequest request) {
    return !UNREAD.equals(request.uri());
  }

  private static Refusal lineTooLong() {
    return new Refusal(Cause.URI_TOO_LONG, "the request line is too long");
  }

  private static Refusal headTooLong() {
    return new Refusal(Cause.HEAD_TOO_LONG, "the head of the request is too long");
  }
}
