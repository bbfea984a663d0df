package dev.parley.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection while its client may still be sending. TCP resets a connection that is closed
 * with unread input, and the reset may overtake the last output: the client would never see the
 * reason. So the first close shuts down the output only; input is discarded until the client closes
 * too, for a bounded time and a bounded number of bytes. First in its pipeline.
 */
public final class LingeringClose extends ChannelDuplexHandler {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private long discarded;
  private boolean closing;

  /** Makes the next close of {@code channel} linger. Idempotent. */
  public static void arm(Channel channel) {
    if (channel instanceof DuplexChannel && channel.pipeline().get(LingeringClose.class) == null) {
      channel.pipeline().addFirst("lingering-close", new LingeringClose());
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    if (closing) {
      return;
    }
    closing = true;
    if (!ctx.channel().isActive() || !(ctx.channel() instanceof DuplexChannel duplex)) {
      closeNow(ctx);
      return;
    }
    var timer =
        ctx.executor().schedule(() -> closeNow(ctx), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    duplex.closeFuture().addListener(closed -> timer.cancel(false));
    duplex
        .shutdownOutput()
        .addListener(
            ended -> {
              if (!ended.isSuccess()) {
                closeNow(ctx);
              }
            });
    duplex.config().setAutoRead(true);
  }

  private static void closeNow(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!closing) {
      ctx.fireChannelRead(message);
      return;
    }
    if (message instanceof ByteBuf bytes) {
      discarded += bytes.readableBytes();
    }
    ReferenceCountUtil.release(message);
    if (discarded > MAX_BYTES) {
      closeNow(ctx);
    }
  }
}
