package dev.parley.cluster;

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
 * One connection to Redis, from its login to its end. A Redis that does not answer in time is as
 * good as gone: the connection ends, for what it would answer later has no question any more. Event
 * loop of the connection only.
 */
final class RedisLink {

  private final Redis client;
  private final RedisConnection connection;
  private final Duration patience;
  private final Promise<Throwable> ended = Promise.promise();

  RedisLink(Redis client, RedisConnection connection, Duration patience) {
    this.client = client;
    this.connection = connection;
    this.patience = patience;
    connection.exceptionHandler(this::end);
    connection.endHandler(gone -> end(new IllegalStateException("the connection was closed")));
  }

  /** Takes what Redis sends without being asked, and errors about subscriptions. */
  void onPush(Handler<Response> handler) {
    connection.handler(handler);
  }

  /** Sends a command. What is sent first is answered first; null is Redis' nil. */
  Future<@Nullable Response> send(Request command) {
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

  /** Why it ended, once it has, whoever ended it. */
  Future<Throwable> ended() {
    return ended.future();
  }

  /** Ends it. Commands without an answer fail. */
  void close() {
    end(new IllegalStateException("closed"));
  }

  private void end(Throwable cause) {
    if (ended.tryComplete(cause)) {
      var unused = client.close();
    }
  }
}
