package dev.parley.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Locale;
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

  private static final String VERSION = "13";

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

  /** What is wrong with the request as a handshake (RFC 6455, section 4.2.1), if anything. */
  static Optional<String> objectionTo(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!request.method().equals(io.vertx.core.http.HttpMethod.GET)) {
      return Optional.of("GET expected");
    }
    if (headers.getAll(HttpHeaderNames.CONNECTION).stream()
        .noneMatch(WebSocketUpgrade::asksForUpgrade)) {
      return Optional.of("Connection: Upgrade expected");
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return Optional.of("Sec-WebSocket-Version 13 expected");
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return key != null && KEY.matcher(key).matches()
        ? Optional.empty()
        : Optional.of("Sec-WebSocket-Key of 16 bytes expected");
  }

  private static boolean asksForUpgrade(String connection) {
    return connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  /**
   * Shakes hands and puts {@code handler} in charge of the channel. On the channel's event loop, when the request has been read to its end
   * and there is no objection to it.
   */
  void perform(HttpServerRequest request, ChannelHandler handler) {
    ChannelHandlerContext vertx =
        ((HttpServerConnection) request.connection()).channelHandlerContext();
    Channel channel = vertx.channel();
    ChannelPipeline pipeline = channel.pipeline();
    int bound = limits.outbound().intBytes();
    channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
        new WriteBufferWaterMark(bound, bound));
    // Before the handshake: what the HTTP decoder has read beyond the request is passed on when it goes.
    pipeline.replace(vertx.name(), "websocket", handler);
    var unused =
        new Handshaker(limits).handshake(channel, handshakeOf(request), null, channel.newPromise());
    pipeline.remove(Undecoded.class);
    pipeline.remove("wsencoder");
    if (pipeline.get(IdleStateHandler.class) != null) {
      pipeline.remove(IdleStateHandler.class);
    }
  }

  /** Netty's handshake without Netty's frame decoder. */
  private static final class Handshaker extends WebSocketServerHandshaker13 {
    Handshaker(Limits limits) {
      super("", ANY_SUBPROTOCOL, false, limits.message().intBytes());
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
      return new Undecoded();
    }
  }

  /** Takes the decoder's place and lets everything through. */
  private static final class Undecoded extends ChannelInboundHandlerAdapter
      implements WebSocketFrameDecoder {}

  private static DefaultFullHttpRequest handshakeOf(HttpServerRequest request) {
    HttpHeaders headers = new DefaultHttpHeaders();
    request.headers().forEach((name, value) -> headers.add(name, value));
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, request.uri(), Unpooled.EMPTY_BUFFER, headers,
        EmptyHttpHeaders.INSTANCE);
  }
}
