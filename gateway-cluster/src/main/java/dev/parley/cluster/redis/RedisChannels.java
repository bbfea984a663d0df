package dev.parley.cluster.redis;

import dev.parley.dialect.Broker;
import dev.parley.dialect.Channel;
import dev.parley.dialect.Channels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The publish/subscribe channels of Redis. Each channel has connections of its own; without a
 * channel there is none. Thread-safe.
 */
public final class RedisChannels implements Channels {

  private final Vertx vertx;
  private final RetryPolicy pace;
  private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

  public RedisChannels(Vertx vertx) {
    this(vertx, RetryPolicy.DEFAULT);
  }

  public RedisChannels(Vertx vertx, RetryPolicy pace) {
    this.vertx = vertx;
    this.pace = pace;
  }

  @Override
  public Channel channel(Broker broker, String name) {
    RedisEndpoint endpoint =
        new RedisEndpoint(broker.url().requireRedis(), broker.tls(), broker.key());
    LoopContext loop = new LoopContext(vertx);
    RedisConnector connector = new RedisConnector(loop, endpoint, pace.patience());
    RedisChannel channel = new RedisChannel(loop, connector, endpoint, name, pace);
    channels.add(channel);
    return channel;
  }

  /** Leaves all channels. */
  public Future<Void> close() {
    return Future.join(channels.stream().map(Channel::close).toList()).mapEmpty();
  }
}
