package dev.parley.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * A transport whose listening sockets have an {@link AcceptGate} before whatever they accept. Vert.x
 * has no other place to look at a connection that was accepted and has done nothing yet, or to say
 * how much of one is read at once.
 */
final class GuardedTransport implements Transport {

  private static final int LEAST_READ = 64;
  private static final int FIRST_READ = 2 * 1024;

  /**
   * The most that is read of one connection before the others are: very many that send large
   * messages at once are no pause for those that send small ones.
   */
  private static final int MOST_READ = 16 * 1024;

  private final Transport transport;
  private final AcceptGate gate;

  private GuardedTransport(Transport transport, AcceptGate gate) {
    this.transport = transport;
    this.gate = gate;
  }

  /** As Vert.x is given it. */
  record Named(io.vertx.core.transport.Transport transport, AcceptGate gate)
      implements io.vertx.core.transport.Transport {
    @Override
    public String name() {
      return transport.name();
    }

    @Override
    public boolean available() {
      return transport.available();
    }

    @Override
    public Throwable unavailabilityCause() {
      return transport.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
      return new GuardedTransport(transport.implementation(), gate);
    }
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
    transport.configure(config, domainSocket, bootstrap);
    bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR,
        new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ)
            .maxMessagesPerRead(1));
    if (gate.isGuarding()) {
      bootstrap.handler(gate.new Handler());
    }
  }

  // ---- the rest as it is

  @Override
  public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
    transport.configure(config, domainSocket, bootstrap);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    transport.configure(channel, options);
  }

  @Override
  public boolean supportsDomainSockets() {
    return transport.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return transport.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return transport.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return transport.unavailabilityCause();
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return transport.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(
      int type, int threads, ThreadFactory threadFactory, int ioRatio) {
    return transport.eventLoopGroup(type, threads, threadFactory, ioRatio);
  }

  @Override
  @SuppressWarnings("deprecation") // the interface has no other type
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return transport.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return transport.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return transport.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return transport.serverChannelFactory(domainSocket);
  }
}
