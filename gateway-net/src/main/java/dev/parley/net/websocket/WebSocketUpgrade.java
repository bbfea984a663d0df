package dev.parley.net.websocket;

import dev.parley.dialect.ClientRequest;
import dev.parley.net.limits.GatePlaces;
import dev.parley.net.limits.Limits;
import dev.parley.net.websocket.Refusal.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a channel over from Vert.x when its client requests a WebSocket. From then on the pipeline
 * is one {@link WebSocketConnection} (behind the TLS handler, if there is one), whatever the
 * options of the listener had put there: no Vert.x HTTP connection with its queues, and no
 * compression. That saves memory (5.2 kB instead of 17.6 kB for an idle connection) and makes the
 * bound on queued output exact. Coalesced flushes alone would not need it: Netty's
 * FlushConsolidationHandler gives those to a stock server. Only this class knows that Vert.x runs
 * on Netty and what its pipeline looks like; {@code WebSocketUpgradeTest} fails when a new version
 * changes that.
 */
public final class WebSocketUpgrade {

  /** The supported versions, for clients that request another one. */
  static final String VERSIONS = "13, 8";

  /** RFC 6455, and a late draft of it without relevant differences. */
  private static final Set<String> SPOKEN = Set.of("13", "8");

  /** The header of a page's origin before RFC 6455. */
  private static final String DRAFT_ORIGIN = "Sec-WebSocket-Origin";

  /** Sixteen bytes in base 64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final WriteBufferWaterMark waterMark;

  public WebSocketUpgrade(Limits limits) {
    int bound = limits.outbound().intBytes();
    this.waterMark = new WriteBufferWaterMark(bound, bound);
  }

  /** Whether the client requests a WebSocket. */
  public static boolean isAskedFor(HttpServerRequest request) {
    return hasToken(request.headers(), HttpHeaderNames.UPGRADE, "websocket");
  }

  /** The channel of a request. */
  public static Channel channelOf(HttpServerRequest request) {
    return channelOf(request.connection());
  }

  /** The channel of a connection. */
  public static Channel channelOf(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().channel();
  }

  /** Why the request is no valid handshake (RFC 6455, section 4.2.1); empty if it is. */
  public static Optional<Refusal> objectionTo(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!request.method().equals(HttpMethod.GET)) {
      return objection("GET expected");
    }
    if (hasBody(headers)) {
      return objection("no body expected");
    }
    if (!hasToken(headers, HttpHeaderNames.CONNECTION, "upgrade")) {
      return objection("Connection: Upgrade expected");
    }
    @Nullable String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    if (version == null || !SPOKEN.contains(version)) {
      return Optional.of(
          new Refusal(Cause.UNSUPPORTED_VERSION, "Sec-WebSocket-Version 13 or 8 expected"));
    }
    @Nullable String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return key != null && KEY.matcher(key).matches()
        ? Optional.empty()
        : objection("Sec-WebSocket-Key of 16 bytes expected");
  }

  private static Optional<Refusal> objection(String text) {
    return Optional.of(new Refusal(Cause.BAD_REQUEST, text));
  }

  private static boolean hasBody(MultiMap headers) {
    @Nullable String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  /** Whether the list of the header's lines (RFC 9110, section 5.6.1) contains the token. */
  private static boolean hasToken(MultiMap headers, CharSequence name, String token) {
    return headers.getAll(name).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .anyMatch(each -> each.strip().equalsIgnoreCase(token));
  }

  /** The origins that the request names: none, one, or, in odd requests, two. */
  public static List<String> originsOf(HttpServerRequest request) {
    List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
    return origins.isEmpty() ? request.headers().getAll(DRAFT_ORIGIN) : origins;
  }

  /**
   * Keeps what the client sends behind its request, until {@link #perform}. Called on the channel's
   * event loop, when the request has been read to its end. It can still be answered with a status,
   * as the last request of its connection.
   */
  public static void hold(HttpServerRequest request, GatePlaces places) {
    var unused =
        channelOf(request).pipeline()
            .replace(HttpObjectDecoder.class, "early-input", new EarlyInput(places));
  }

  /**
   * Completes the handshake and installs {@code handler} in the channel. Called on the channel's
   * event loop, when the request has been read to its end and there is no objection to it.
   */
  public void perform(HttpServerRequest request, ChannelHandler handler) {
    Channel channel = channelOf(request);
    channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark);
    ByteBuf answer = ByteBufUtil.writeAscii(channel.alloc(), answerTo(request));
    ChannelPipeline pipeline = channel.pipeline();
    ArrivalHandler.remove(channel);
    pipeline.addLast("websocket", handler);
    // In front, before the handler writes anything, and behind nothing that would alter it.
    List<String> others = pipeline.names().subList(0, pipeline.names().indexOf("websocket"));
    // In reverse: when the HTTP decoder is removed, it passes on what it has read beyond the
    // request.
    for (String name : others.reversed()) {
      if (pipeline.get(name) instanceof SslHandler) {
        break;
      }
      pipeline.remove(name);
    }
    var unused = channel.writeAndFlush(answer, channel.voidPromise());
  }

  /** The response that opens the WebSocket. No extension is ever negotiated. */
  private static String answerTo(HttpServerRequest request) {
    String key = request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: " + accepted(key) + "\r\n"
        + subprotocol(request.headers())
            .map(first -> "Sec-WebSocket-Protocol: " + first + "\r\n")
            .orElse("")
        + "\r\n";
  }

  /**
   * Accepts the first offered subprotocol, whichever it is: a browser that offers one drops a
   * connection without. But where a token stands among them, its mark: the token is never sent
   * back, since proxies log the headers of responses.
   */
  private static Optional<String> subprotocol(MultiMap headers) {
    List<String> offered = subprotocolsOf(headers);
    return offered.contains(ClientRequest.BEARER)
        ? Optional.of(ClientRequest.BEARER)
        : offered.stream().findFirst();
  }

  /** The subprotocols that a client offers, in order. */
  public static List<String> subprotocolsOf(MultiMap headers) {
    return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::strip)
        .filter(offered -> !offered.isEmpty())
        .toList();
  }

  private static String accepted(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
