package dev.parley.net.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time-out of a TCP connection that has not sent a complete first request. Once it has, the
 * deadline leaves nothing behind at the channel.
 */
public final class HandshakeDeadline implements ChannelFutureListener {

  private static final AttributeKey<HandshakeDeadline> DEADLINE =
      AttributeKey.valueOf(HandshakeDeadline.class, "deadline");

  private final Future<?> timer;

  private HandshakeDeadline(Future<?> timer) {
    this.timer = timer;
  }

  /** Starts the time-out of a new connection. */
  public static void start(HttpConnection connection, Duration time) {
    start(WebSocketUpgrade.channelOf(connection), time);
  }

  public static void start(Channel channel, Duration time) {
    HandshakeDeadline deadline =
        new HandshakeDeadline(
            channel.eventLoop()
                .schedule(() -> close(channel), time.toMillis(), TimeUnit.MILLISECONDS));
    channel.attr(DEADLINE).set(deadline);
    channel.closeFuture().addListener(deadline);
  }

  private static void close(Channel channel) {
    var unused = channel.close();
  }

  /** The connection has sent a request. */
  public static void met(HttpServerRequest request) {
    met(WebSocketUpgrade.channelOf(request));
  }

  @SuppressWarnings("deprecation") // warns of concurrent use of the attribute
  public static void met(Channel channel) {
    if (!channel.hasAttr(DEADLINE)) {
      return;
    }
    HandshakeDeadline running = channel.attr(DEADLINE).getAndRemove();
    if (running != null) {
      running.timer.cancel(false);
      channel.closeFuture().removeListener(running);
    }
  }

  @Override
  public void operationComplete(ChannelFuture closed) {
    timer.cancel(false);
  }
}
