package dev.parley.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The kind of sockets that the generator uses: the operating system's best, or the JDK's. */
public enum Sockets {
  /** Of Linux. */
  EPOLL,
  /** Of the JDK. */
  NIO;

  /** The operating system's, where there are some. */
  public static Sockets best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** So many event loops. */
  public EventLoopGroup loops(int count) {
    return new MultiThreadIoEventLoopGroup(count, switch (this) {
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    });
  }

  /** Connections in the thread of a loop. */
  public Bootstrap on(EventLoop loop) {
    return new Bootstrap().group(loop).channel(switch (this) {
      case EPOLL -> EpollSocketChannel.class;
      case NIO -> NioSocketChannel.class;
    });
  }
}
