package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseWords;
import dev.parley.net.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send pings, some of them many; the pongs show what was read. */
class ReadBacklogTest {

  private static final int PONG = 2;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final EmbeddedChannel main = new EmbeddedChannel();
  private final FlushCycle cycle = new FlushCycle(main.eventLoop(), Limits.DEFAULT,
      () -> Long.MAX_VALUE, new NodeOutput(Limits.DEFAULT, metrics));
  private final List<String> written = new ArrayList<>();

  /** A test client. */
  public final class Client {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final WebSocketConnection connection =
        new WebSocketConnection(
            new WebSocketConnection.Client(1, "test", "192.0.2.1"),
            new ConnectionSupport(Limits.DEFAULT, CloseWords::of,
                new ConnectionMetrics(metrics, "test"), new HandshakeMetrics(metrics)),
            cycle);
    private int pongs;

    private Client(String name) {
      channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
          int count = ((ByteBuf) message).readableBytes() / PONG;
          pongs += count;
          written.add(name + " " + count);
          var unused = ctx.write(message, promise);
        }
      }, connection);
    }

    /** The content of one read; nothing else happens meanwhile. */
    private void sends(int pings) {
      ByteBuf all = Unpooled.buffer();
      for (int i = 0; i < pings; i++) {
        all.writeByte(0x89).writeByte(0x80).writeInt(0);
      }
      channel.pipeline().fireChannelRead(all);
    }

    private boolean isRead() {
      return channel.config().isAutoRead();
    }
  }

  private final Client busy = new Client("busy");
  private final Client quiet = new Client("quiet");

  @BeforeEach
  void theClockStandsStill() {
    main.freezeTime();
  }

  @Test
  void givenAClientThatSendsMuchAtOnce_whenAnotherOneSendsLittle_thenItIsAnsweredBetween() {
    busy.sends(1000);
    quiet.sends(1);
    assertThat(busy.isRead()).isFalse();
    assertThat(quiet.isRead()).isTrue();

    main.runPendingTasks();

    assertThat(written).startsWith("busy 16", "quiet 1");
  }

  @Test
  void givenAClientThatSendsMuchAtOnce_whenItsTurnsHaveCome_thenAllIsReadAndItIsReadOn() {
    busy.sends(1000);
    busy.sends(24);

    while (!busy.isRead()) {
      main.runPendingTasks();
    }
    main.runPendingTasks();

    assertThat(busy.pongs).isEqualTo(1024);
    assertThat(cycle.input().bytes()).isZero();
  }

  @Test
  void givenTwoThatSendMuchAtOnce_whenTheirTurnsCome_thenTheyAreReadAlternately() {
    busy.sends(1000);
    quiet.sends(1000);

    while (!(busy.isRead() && quiet.isRead())) {
      main.runPendingTasks();
      assertThat(busy.pongs - quiet.pongs).isBetween(-16, 16);
    }
  }
}
