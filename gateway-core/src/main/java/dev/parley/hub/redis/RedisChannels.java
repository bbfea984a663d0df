package dev.parley.hub.redis;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Channel;
import dev.parley.dialect.Channels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The publish/subscribe channels of Redis. Each has connections of its own; without a channel there
 * is none. Any thread.
 */
public final class RedisChannels implements Channels {

  private final Vertx vertx;
  private final RedisPace pace;
  private final @Nullable TrustOptions trusted;
  private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

  public RedisChannels(Vertx vertx) {
    this(vertx, RedisPace.DEFAULT, null);
  }

  RedisChannels(Vertx vertx, RedisPace pace, @Nullable TrustOptions trusted) {
    this.vertx = vertx;
    this.pace = pace;
    this.trusted = trusted;
  }

  @Override
  public Channel channel(ServiceUrl broker, String name) {
    RedisConnector connector =
        new RedisConnector(vertx, broker.requireRedis(), pace.patience(), trusted);
    RedisChannel channel = new RedisChannel(vertx, connector, broker, name, pace);
    channels.add(channel);
    return channel;
  }

  /** Leaves all channels. */
  public Future<Void> close() {
    return Future.join(channels.stream().map(Channel::close).toList()).mapEmpty();
  }
}
