package dev.parley.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a channel over from Vert.x when its client asks for a WebSocket. From then on the pipeline is one {@link
 * WebSocketConnection} (behind the TLS handler, if there is one): no Vert.x HTTP connection with its queues stays behind, and writes are flushed once a turn instead of once a
 * message, which the WebSocket of Vert.x has no way to ask for. This class alone knows that Vert.x runs on Netty and what its pipeline
 * looks like; {@code WebSocketUpgradeTest} notices when a new version changes that.
 */
final class WebSocketUpgrade {

  /** Any offered subprotocol will do, the first is taken: a browser that offers one drops a connection without. */
  private static final String ANY_SUBPROTOCOL = "*";

  /** Sixteen bytes in base 64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private final Limits limits;

  WebSocketUpgrade(Limits limits) {
    this.limits = limits;
  }

  /** Whether the client asks for a WebSocket. */
  static boolean isAskedFor(HttpServerRequest request) {
    return request.headers().contains(HttpHeaderNames.UPGRADE, "websocket", true);
  }

  /** The channel that the request came on. */
  static Channel channelOf(HttpServerRequest request) {
    return ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
  }

  /**
   * Shakes hands and puts {@code handler} in charge of the channel. On the channel's event loop, when the request has been read to its end.
   *
   * @return why not, if the request is no valid handshake; nothing has been changed then
   */
  Optional<String> perform(HttpServerRequest request, ChannelHandler handler) {
    Channel channel = channelOf(request);
    ChannelPipeline pipeline = channel.pipeline();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshaker13("", ANY_SUBPROTOCOL, false, limits.message().intBytes());
    ChannelHandlerContext vertx =
        ((HttpServerConnection) request.connection()).channelHandlerContext();
    if (!"13".equals(request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return Optional.of("Sec-WebSocket-Version 13 expected");
    }
    String key = request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key == null || !KEY.matcher(key).matches()) {
      return Optional.of("Sec-WebSocket-Key of 16 bytes expected");
    }
    try {
      var unused = handshaker.handshake(channel, handshakeOf(request), null, channel.newPromise());
    } catch (WebSocketHandshakeException invalid) {
      return Optional.of("not a valid WebSocket handshake");
    }
    if (pipeline.get(IdleStateHandler.class) != null) {
      pipeline.remove(IdleStateHandler.class);
    }
    int bound = limits.outbound().intBytes();
    channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
        new WriteBufferWaterMark(bound, bound));
    pipeline.replace(vertx.name(), "websocket", handler);
    // Only now: what the HTTP decoder had read beyond the handshake is passed on to the handler.
    pipeline.remove("wsencoder");
    pipeline.remove("wsdecoder");
    return Optional.empty();
  }

  private static DefaultFullHttpRequest handshakeOf(HttpServerRequest request) {
    HttpHeaders headers = new DefaultHttpHeaders();
    request.headers().forEach((name, value) -> headers.add(name, value));
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, request.uri(), Unpooled.EMPTY_BUFFER, headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
