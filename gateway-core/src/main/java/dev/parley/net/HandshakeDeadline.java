package dev.parley.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a TCP connection that says nothing sensible in time: a first request must be there when
 * the deadline passes.
 */
final class HandshakeDeadline {

  private static final AttributeKey<Future<?>> TIMER =
      AttributeKey.valueOf(HandshakeDeadline.class, "timer");

  private HandshakeDeadline() {}

  /** Starts the clock for a new connection. */
  static void start(HttpConnection connection, Duration time) {
    Channel channel = WebSocketUpgrade.channelOf(connection);
    Future<?> timer =
        channel.eventLoop().schedule(() -> close(channel), time.toMillis(), TimeUnit.MILLISECONDS);
    channel.attr(TIMER).set(timer);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }

  private static void close(Channel channel) {
    var unused = channel.close();
  }

  /** The connection has sent a request. */
  static void met(HttpServerRequest request) {
    Future<?> timer = WebSocketUpgrade.channelOf(request).attr(TIMER).getAndSet(null);
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
