package dev.parley.bench.load;

import dev.parley.bench.wire.Upgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects the pairs of one loop, a few at a time so that no server's backlog overflows. */
final class Connector implements Pair.Watcher {

  private static final int AT_ONCE = 32;

  private final List<InetSocketAddress> servers;
  private final LoadLoop loop;
  private final Sockets sockets;
  private final Consumer<LoadException> failures;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private Queue<Pair> waiting = new ArrayDeque<>();
  private int connecting;

  /**
   * A connector.
   *
   * @param failures called in the loop's thread when a connection ends or cannot be made
   */
  Connector(List<InetSocketAddress> servers, LoadLoop loop, Sockets sockets,
      Consumer<LoadException> failures) {
    this.servers = servers;
    this.loop = loop;
    this.sockets = sockets;
    this.failures = failures;
  }

  /** Connects them; in the loop's thread. */
  void connect(Queue<Pair> pairs) {
    waiting = pairs;
    proceed();
  }

  /** Completes when all pairs are. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  private void proceed() {
    while (connecting < AT_ONCE && !waiting.isEmpty()) {
      connecting++;
      waiting.remove().start();
    }
    if (connecting == 0) {
      connected.complete(null);
    }
  }

  @Override
  public void connect(Client client, int place) {
    InetSocketAddress server = servers.get(place % servers.size());
    ChannelFuture opening = sockets.on(loop.eventLoop()).handler(new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline()
            .addLast(new Upgrade(client.target(), server.getHostString()))
            .addLast(client);
      }
    }).connect(server);
    opening.addListener(done -> {
      if (!done.isSuccess()) {
        failed("cannot connect: " + done.cause(), done.cause());
      }
    });
  }

  @Override
  public void complete(Pair pair) {
    loop.add(pair.first().outgoing());
    loop.add(pair.second().outgoing());
    connecting--;
    proceed();
  }

  @Override
  public void failed(String why, @Nullable Throwable cause) {
    failures.accept(cause == null ? new LoadException(why) : new LoadException(why, cause));
  }
}
