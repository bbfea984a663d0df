package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * The client's part of the WebSocket handshake. It sends the request when the channel is active. On
 * the answer it fires {@link Done} to the handlers behind it, leaves the pipeline, and passes on
 * the bytes behind the answer: the handler that reads frames is there before the first frame.
 */
public final class Upgrade extends ChannelInboundHandlerAdapter {

  /** Beginning of a positive answer. */
  public static final String ACCEPTED = "HTTP/1.1 101 ";

  private static final byte[] END = {'\r', '\n', '\r', '\n'};
  private static final int LONGEST_ANSWER = 8192;

  private final String target;
  private final String host;
  private ByteBuf answer = Unpooled.EMPTY_BUFFER;

  /** From now on there are frames. */
  public enum Done {
    /** The one there is. */
    DONE
  }

  /** Asks for {@code target} of {@code host}. */
  public Upgrade(String target, String host) {
    this.target = target;
    this.host = host;
  }

  /** What is sent to ask for it. */
  public static byte[] request(String target, String host) {
    String request = "GET " + target + " HTTP/1.1\r\nHost: " + host
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: cGFybGV5IGJlbmNoIGtleQ==\r\n\r\n";
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    var unused =
        ctx.writeAndFlush(Unpooled.wrappedBuffer(request(target, host)), ctx.voidPromise());
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    answer = answer.isReadable() ? Unpooled.wrappedBuffer(answer, bytes) : bytes;
    int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END), answer);
    if (end >= 0) {
      conclude(ctx, end + END.length);
    } else if (answer.readableBytes() > LONGEST_ANSWER) {
      throw new IllegalStateException("no end of the server's answer");
    }
  }

  private void conclude(ChannelHandlerContext ctx, int length) {
    String head = answer.readCharSequence(length, StandardCharsets.US_ASCII).toString();
    if (!head.startsWith(ACCEPTED)) {
      throw new IllegalStateException("the server refuses: " + head.lines().findFirst().orElse(""));
    }
    ByteBuf beyond = answer;
    answer = Unpooled.EMPTY_BUFFER;
    ctx.fireUserEventTriggered(Done.DONE);
    ctx.fireChannelRead(beyond);
    ctx.pipeline().remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    answer.release();
  }
}
