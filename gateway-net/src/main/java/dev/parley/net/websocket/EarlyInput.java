package dev.parley.net.websocket;

import dev.parley.net.limits.GatePlaces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of the HTTP decoder while a gate decides on a handshake: keeps what the client
 * sends behind its request, which the decoder would read as another request, and passes it on to
 * the WebSocket. Reading pauses at the first byte, so that one read is kept at most. It does not
 * pause before that: a client that leaves is only noticed while reading. Confined to the event
 * loop.
 */
final class EarlyInput extends ChannelInboundHandlerAdapter {

  private final GatePlaces places;
  private @Nullable ByteBuf kept;

  EarlyInput(GatePlaces places) {
    this.places = places;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    assert ctx.executor().inEventLoop();
    try {
      if (message instanceof ByteBuf bytes && bytes.isReadable()) {
        ctx.channel().config().setAutoRead(false);
        keep(ctx, bytes);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** Copied in its exact size: a few bytes would retain the whole buffer they came in. */
  private void keep(ChannelHandlerContext ctx, ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (!places.keep(count)) {
      drop();
      var unused = ctx.channel().close();
      return;
    }
    ByteBuf before = kept;
    kept = (before == null ? Unpooled.buffer(count) : before).writeBytes(bytes);
  }

  /** The next handler is the WebSocket, if there is one. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    ByteBuf all = kept;
    drop();
    if (all != null) {
      ctx.fireChannelRead(all);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  private void drop() {
    ByteBuf all = kept;
    kept = null;
    if (all != null) {
      places.release(all.readableBytes());
    }
  }
}
