package dev.parley.server;

import dev.parley.dialect.Broker;
import dev.parley.dialect.Channel;
import dev.parley.dialect.ChannelListener;
import dev.parley.dialect.Channels;
import dev.parley.dialect.Connection;
import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import java.time.Duration;

/** Channels without a connection, for dialects that are created only for checks. */
final class UnconnectedChannels implements Channels {

  @Override
  public Channel channel(Broker broker, String name) {
    var unused = broker.url().requireRedis();
    return new Unconnected();
  }

  private static final class Unconnected implements Channel {
    @Override
    public void join(ChannelListener listener) {}

    @Override
    public Future<Void> publish(Bytes message) {
      return Future.failedFuture("not connected");
    }

    @Override
    public Future<Integer> subscribers() {
      return Future.failedFuture("not connected");
    }

    @Override
    public void run(Runnable task) {}

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
