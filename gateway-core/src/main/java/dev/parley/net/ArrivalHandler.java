package dev.parley.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * First handler of an accepted connection until it is a WebSocket: has its reads wait in the {@link
 * ArrivalBacklog} of its event loop. While one waits, nothing more is read, so a connection holds
 * one read at most. Event loop only.
 */
final class ArrivalHandler extends ChannelInboundHandlerAdapter {

  private static final String NAME = "arrival";

  private final Function<EventLoop, ArrivalBacklog> backlogs;
  private final ArrayDeque<Object> held = new ArrayDeque<>(1);
  private boolean resumesReading;

  private ArrivalHandler(Function<EventLoop, ArrivalBacklog> backlogs) {
    this.backlogs = backlogs;
  }

  /** Puts such a handler into the pipeline of a connection that was just accepted. */
  static void install(Channel accepted, Function<EventLoop, ArrivalBacklog> backlogs) {
    accepted.pipeline().addFirst(NAME, new ArrivalHandler(backlogs));
  }

  /** The connection is a WebSocket: nothing of it waits here any more. */
  static void remove(Channel channel) {
    if (channel.pipeline().get(NAME) != null) {
      channel.pipeline().remove(NAME);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ArrivalBacklog backlog = backlogs.apply(ctx.channel().eventLoop());
    if (held.isEmpty() && backlog.isServedAtOnce()) {
      ctx.fireChannelRead(message);
      return;
    }
    if (held.isEmpty()) {
      resumesReading = ctx.channel().config().isAutoRead();
      ctx.channel().config().setAutoRead(false);
      backlog.add(() -> passOn(ctx));
    }
    held.add(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (held.isEmpty()) {
      ctx.fireChannelReadComplete();
    }
  }

  private void passOn(ChannelHandlerContext ctx) {
    if (held.isEmpty()) {
      return;
    }
    // Before the handlers behind see the read: what they say about reading counts.
    if (resumesReading) {
      ctx.channel().config().setAutoRead(true);
    }
    fireHeld(ctx);
    ctx.fireChannelReadComplete();
  }

  /** The connection is a WebSocket, or closed: then nothing is held any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    fireHeld(ctx);
  }

  private void fireHeld(ChannelHandlerContext ctx) {
    while (!held.isEmpty()) {
      ctx.fireChannelRead(held.remove());
    }
  }

  /** A client that is gone needs no answer. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    ctx.fireChannelInactive();
  }
}
