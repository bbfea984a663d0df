package dev.parley.cluster.redis;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, from login to close. When an answer times out, the connection is closed,
 * since a late answer would be matched to the wrong command. Confined to the event loop of the
 * connection.
 */
public final class RedisLink {

  private final LoopContext loop;
  private final Redis client;
  private final RedisConnection connection;
  private final Duration patience;
  private final Promise<Throwable> ended = Promise.promise();

  public RedisLink(
      LoopContext loop, Redis client, RedisConnection connection, Duration patience) {
    this.loop = loop;
    this.client = client;
    this.connection = connection;
    this.patience = patience;
    connection.exceptionHandler(this::end);
    connection.endHandler(gone -> end(new IllegalStateException("the connection was closed")));
  }

  /** Sets the handler of pushes, and of errors about subscriptions. */
  void onPush(Handler<Response> handler) {
    assert loop.isCurrent();
    connection.handler(handler);
  }

  /** Sends a command. Commands are answered in order; null is Redis' nil. */
  public Future<@Nullable Response> send(Request command) {
    assert loop.isCurrent();
    return connection
        .send(command)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            cause -> {
              if (cause instanceof TimeoutException) {
                end(new TimeoutException("no answer for " + patience.toMillis() + " ms"));
              }
            });
  }

  /** Completes with the cause when the connection has closed, on either side. */
  public Future<Throwable> ended() {
    return ended.future();
  }

  /** Closes the connection. Commands in flight fail. */
  public void close() {
    assert loop.isCurrent();
    end(new IllegalStateException("closed"));
  }

  private void end(Throwable cause) {
    if (ended.tryComplete(cause)) {
      var unused = client.close();
    }
  }
}
