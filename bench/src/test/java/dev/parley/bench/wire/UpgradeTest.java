package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {

  private static final String ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

  private final List<String> events = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new Upgrade("/path?id=1", "example.org"), new Next());

  /** The handler that reads frames. */
  private final class Next extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      events.add("done");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      if (bytes.isReadable()) {
        events.add(bytes.toString(StandardCharsets.US_ASCII));
      }
      bytes.release();
    }
  }

  @Test
  void givenAConnection_whenActive_thenAWebSocketIsAskedFor() {
    ByteBuf request = channel.readOutbound();

    assertThat(request.toString(StandardCharsets.US_ASCII))
        .startsWith("GET /path?id=1 HTTP/1.1\r\nHost: example.org\r\n")
        .contains("Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000})
  void givenAFrameRightBehindTheAnswer_whenReadInPieces_thenTheNextHandlerGetsIt(int piece) {
    String all = ANSWER + "frame";

    for (int at = 0; at < all.length(); at += piece) {
      answers(all.substring(at, Math.min(all.length(), at + piece)));
    }

    assertThat(events.getFirst()).isEqualTo("done");
    assertThat(String.join("", events)).isEqualTo("doneframe");
    assertThat(channel.pipeline().get(Upgrade.class)).isNull();
  }

  @Test
  void givenARefusal_whenRead_thenItIsSaid() {
    assertThatThrownBy(() -> answers("HTTP/1.1 503 Service Unavailable\r\n\r\n"))
        .hasMessage("the server refuses: HTTP/1.1 503 Service Unavailable");
    assertThat(events).isEmpty();
  }

  @Test
  void givenAnAnswerWithoutEnd_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> answers("x".repeat(10_000))).hasMessageContaining("no end");
  }

  private void answers(String part) {
    channel.writeInbound(Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII));
  }
}
