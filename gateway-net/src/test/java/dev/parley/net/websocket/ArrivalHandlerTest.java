package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ArrivalHandlerTest {

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final FlushCycle cycle = new FlushCycle(loop.eventLoop(), Limits.DEFAULT,
      () -> Long.MAX_VALUE, new NodeOutput(Limits.DEFAULT, new SimpleMeterRegistry()));
  private final List<Client> clients = new ArrayList<>();
  private final List<Client> served = new ArrayList<>();

  /** A connection that has just been accepted. */
  public final class Client extends ChannelInboundHandlerAdapter {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBuf sent = Unpooled.buffer().writeByte(1);
    private int completed;

    Client() {
      ArrivalHandler.install(channel, ignored -> cycle.arrivals());
      channel.pipeline().addLast(this);
      clients.add(this);
    }

    void sends() {
      channel.pipeline().fireChannelRead(sent);
      channel.pipeline().fireChannelReadComplete();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      served.add(this);
      ((ByteBuf) message).release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      completed++;
    }

    boolean isRead() {
      return channel.config().isAutoRead();
    }
  }

  /** As many as it takes, on a machine that is slow, until one has to wait: that one. */
  private Client aClientThatWaits() {
    Client client;
    do {
      client = new Client();
      client.sends();
    } while (served.contains(client));
    return client;
  }

  private void runLoop() {
    loop.runPendingTasks();
  }

  @Test
  void givenOneClient_whenItSends_thenItIsServedAtOnce() {
    Client alone = new Client();

    alone.sends();

    assertThat(served).containsExactly(alone);
    assertThat(alone.completed).isEqualTo(1);
    assertThat(alone.isRead()).isTrue();
  }

  @Test
  void givenABurst_whenOthersWait_thenTheyAreServedBeforeAllOfTheBurst() {
    aClientThatWaits();
    Client last = new Client();
    last.sends();
    int before = served.size();
    AtomicInteger meanwhile = new AtomicInteger();
    loop.eventLoop().execute(() -> meanwhile.set(served.size()));

    runLoop();

    assertThat(meanwhile).hasValue(before);
    assertThat(served).isEqualTo(clients);
  }

  @Test
  void givenAClientThatWaits_whenItHasBeenServed_thenItIsReadOn() {
    Client waiting = aClientThatWaits();
    assertThat(waiting.isRead()).isFalse();
    assertThat(waiting.completed).isZero();

    runLoop();

    assertThat(waiting.isRead()).isTrue();
    assertThat(waiting.completed).isEqualTo(1);
  }

  @Test
  void givenAClientWhoseReadingWasPaused_whenItHasBeenServed_thenItStaysPaused() {
    aClientThatWaits();
    Client paused = new Client();
    paused.channel.config().setAutoRead(false);
    paused.sends();

    runLoop();

    assertThat(served).contains(paused);
    assertThat(paused.isRead()).isFalse();
  }

  @Test
  void givenAClientThatWaits_whenItIsGone_thenItCostsNothingMore() {
    Client waiting = aClientThatWaits();

    var unused = waiting.channel.close();
    runLoop();

    assertThat(waiting.sent.refCnt()).isZero();
    assertThat(served).doesNotContain(waiting);
  }

  @Test
  void givenAClientThatWaits_whenTheHandlerGoes_thenItsReadIsNotLost() {
    Client waiting = aClientThatWaits();
    Channel channel = waiting.channel;

    ArrivalHandler.remove(channel);
    ArrivalHandler.remove(channel);

    assertThat(served).contains(waiting);
    assertThat(channel.pipeline().get(ArrivalHandler.class)).isNull();
  }
}
