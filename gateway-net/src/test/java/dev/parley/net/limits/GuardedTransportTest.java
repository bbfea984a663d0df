package dev.parley.net.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GuardedTransportTest {

  private static final int MAX = 16 * 1024;

  /** The sizes of reads from clients that have filled all buffers. */
  @Test
  void givenAClientThatSendsVeryMuch_whenItIsRead_thenItIsNotMuchAtOnce() {
    ServerBootstrap bootstrap = new ServerBootstrap();
    new AcceptGate(new SimpleMeterRegistry()).over(Transport.NIO).implementation()
        .configure(new TcpConfig(), false, bootstrap);
    var reading = (RecvByteBufAllocator) Objects.requireNonNull(
        bootstrap.config().childOptions().get(ChannelOption.RECVBUF_ALLOCATOR));
    var handle = reading.newHandle();

    int largest = 0;
    for (int cycle = 0; cycle < 100; cycle++) {
      handle.reset(new DefaultChannelConfig(
          new EmbeddedChannel()));
      ByteBuf buffer = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
      largest = Math.max(largest, buffer.capacity());
      handle.attemptedBytesRead(buffer.writableBytes());
      handle.lastBytesRead(buffer.writableBytes());
      handle.incMessagesRead(1);
      assertThat(handle.continueReading()).isFalse();
      handle.readComplete();
      buffer.release();
    }
    assertThat(largest).isEqualTo(MAX);
  }
}
