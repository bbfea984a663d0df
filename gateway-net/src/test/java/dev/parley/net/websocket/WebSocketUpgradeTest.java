package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import dev.parley.net.websocket.Refusal.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Internals of Vert.x that {@link WebSocketUpgrade} relies on: fails when a new version changes
 * them.
 */
class WebSocketUpgradeTest {

  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final byte[] MASKED_HELLO =
      {(byte) 0x81, (byte) 0x82, 1, 2, 3, 4, 'h' ^ 1, 'i' ^ 2};

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Optional<Refusal>> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> read = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> pipelines = new LinkedBlockingQueue<>();
  private final int port =
      start(
          new HttpServerOptions().setPerMessageWebSocketCompressionSupported(false)
              .setPerFrameWebSocketCompressionSupported(false));

  private final class Taker extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      read.add(message);
    }
  }

  private int start(HttpServerOptions options) {
    WebSocketUpgrade upgrade = new WebSocketUpgrade(Limits.DEFAULT);
    HttpServer server =
        vertx
            .createHttpServer(
                options.setPort(0).setHost("127.0.0.1").setIdleTimeout(60)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(
                request -> {
                  var unused =
                      request
                          .end()
                          .onSuccess(
                              end -> {
                                Channel channel = WebSocketUpgrade.channelOf(request);
                                Optional<Refusal> objection =
                                    WebSocketUpgrade.objectionTo(request);
                                outcomes.add(objection);
                                if (objection.isPresent()) {
                                  var unusedEnd = request.response().setStatusCode(400).end();
                                  return;
                                }
                                upgrade.perform(request, new Taker());
                                // A running decoder is removed when it has finished: in this
                                // event-loop run.
                                channel.eventLoop()
                                    .execute(() -> pipelines.add(channel.pipeline().names()));
                              });
                });
    return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String request(String... headers) {
    return "GET /x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private static String headOf(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  /**
   * Options that put handlers of their own into the pipeline, some of which Vert.x enables by
   * default.
   */
  static Stream<HttpServerOptions> listeners() {
    return Stream.of(
        new HttpServerOptions().setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false),
        new HttpServerOptions(),
        new HttpServerOptions().setPerMessageWebSocketCompressionSupported(true)
            .setPerFrameWebSocketCompressionSupported(true).setCompressionSupported(true)
            .setDecompressionSupported(true).setReadIdleTimeout(30).setWriteIdleTimeout(30));
  }

  @ParameterizedTest
  @MethodSource("listeners")
  void givenAClientThatOffersCompression_whenPerformed_thenTheChannelIsOurHandlersAlone(
      HttpServerOptions options)
      throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), start(options))) {
      socket.getOutputStream().write(
          request(KEY, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: first, second",
              "Accept-Encoding: gzip, deflate",
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
              .getBytes(StandardCharsets.US_ASCII));
      String head = headOf(socket.getInputStream());

      assertThat(head).startsWith("HTTP/1.1 101")
          .containsIgnoringCase("sec-websocket-accept: " + ACCEPTED)
          .containsIgnoringCase("sec-websocket-protocol: first\r\n")
          .doesNotContainIgnoringCase("sec-websocket-extensions");
      assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isEmpty();
      assertThat(pipelines.poll(5, TimeUnit.SECONDS)).containsExactly("websocket",
          "DefaultChannelPipeline$TailContext#0");
      socket.getOutputStream().write(MASKED_HELLO);
      assertThat(read.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(
          ByteBuf.class,
          bytes -> {
            byte[] got = new byte[bytes.readableBytes()];
            bytes.readBytes(got);
            bytes.release();
            assertThat(got).isEqualTo(MASKED_HELLO);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "8"})
  void givenAVersionThatIsSpoken_whenPerformed_thenTheAnswerIsTheSame(String version)
      throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(
          request(KEY, "Sec-WebSocket-Version: " + version).getBytes(StandardCharsets.US_ASCII));

      assertThat(headOf(socket.getInputStream())).startsWith("HTTP/1.1 101")
          .contains("Sec-WebSocket-Accept: " + ACCEPTED + "\r\n");
    }
  }

  @Test
  void givenAFrameThatComesWithTheHandshake_whenPerformed_thenItIsNotLost() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] head = request(KEY, "Sec-WebSocket-Version: 13").getBytes(StandardCharsets.US_ASCII);
      byte[] both = new byte[head.length + MASKED_HELLO.length];
      System.arraycopy(head, 0, both, 0, head.length);
      System.arraycopy(MASKED_HELLO, 0, both, head.length, MASKED_HELLO.length);
      socket.getOutputStream().write(both);

      assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isEmpty();
      assertThat(read.poll(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(
          ByteBuf.class,
          bytes -> {
            assertThat(bytes.readableBytes()).isEqualTo(MASKED_HELLO.length);
            bytes.release();
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Sec-WebSocket-Version: 13', BAD_REQUEST",
    "'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short', BAD_REQUEST",
    "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', UNSUPPORTED_VERSION",
    "'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 7', "
        + "UNSUPPORTED_VERSION",
  })
  void givenAHandshakeThatIsIncomplete_whenPerformed_thenItCanStillBeAnswered(String headers,
      Cause cause)
      throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request(headers).getBytes(StandardCharsets.US_ASCII));

      assertThat(headOf(socket.getInputStream())).startsWith("HTTP/1.1 400");
      assertThat(outcomes.poll(5, TimeUnit.SECONDS).map(Refusal::cause)).contains(cause);
    }
  }
}
