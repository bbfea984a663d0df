package dev.parley.net.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * First handler of an accepted connection until it is a WebSocket: queues its reads in the {@link
 * ArrivalBacklog} of its event loop. While one is queued, reading is paused, so a connection holds
 * one read at most. Confined to the event loop.
 */
public final class ArrivalHandler extends ChannelInboundHandlerAdapter {

  private static final String NAME = "arrival";

  private final Function<EventLoop, ArrivalBacklog> backlogs;
  private final ArrayDeque<Object> held = new ArrayDeque<>(1);
  private boolean resumesReading;

  private ArrivalHandler(Function<EventLoop, ArrivalBacklog> backlogs) {
    this.backlogs = backlogs;
  }

  /** Adds a handler to the pipeline of a connection that was just accepted. Any thread. */
  public static void install(Channel accepted, Function<EventLoop, ArrivalBacklog> backlogs) {
    accepted.pipeline().addFirst(NAME, new ArrivalHandler(backlogs));
  }

  /** Called when the connection becomes a WebSocket, which has a backlog of its own. */
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
    // Before the next handlers see the read, since they may pause reading for their own reasons.
    if (resumesReading) {
      ctx.channel().config().setAutoRead(true);
    }
    fireHeld(ctx);
    ctx.fireChannelReadComplete();
  }

  /** After the upgrade a held read belongs to the next handler; after a close none is held. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    fireHeld(ctx);
  }

  private void fireHeld(ChannelHandlerContext ctx) {
    while (!held.isEmpty()) {
      ctx.fireChannelRead(held.remove());
    }
  }

  /** The client has gone: its request needs no answer. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    ctx.fireChannelInactive();
  }
}
