package dev.parley.cluster;

import static dev.parley.cluster.Member.result;

import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.RedisConnector;
import dev.parley.cluster.redis.RedisEndpoint;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads and tampers with a Redis, on a connection of its own. Any thread. */
final class RedisProbe implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final LoopContext loop = new LoopContext(vertx);
  private final RedisLink link;

  RedisProbe(ServiceUrl redis) {
    RedisEndpoint place = new RedisEndpoint(redis, ServiceTls.DEFAULT, "probe");
    Promise<RedisLink> opened = Promise.promise();
    loop.run(
        () -> new RedisConnector(loop, place, Duration.ofMinutes(1))
            .open()
            .onComplete(opened));
    link = result(opened.future());
  }

  /** What Redis answers to a command. */
  Response ask(String command, Object... arguments) {
    Request request = Request.cmd(Command.create(command));
    for (Object argument : arguments) {
      request.arg(argument.toString());
    }
    return ask(request);
  }

  Response ask(Request request) {
    Promise<Response> answer = Promise.promise();
    loop.run(() -> link.send(request).onComplete(answer));
    return result(answer.future());
  }

  /** The matching keys, in order. */
  List<String> keys(String pattern) {
    List<String> all = new ArrayList<>();
    ask("KEYS", pattern).forEach(key -> all.add(key.toString()));
    all.sort(null);
    return all;
  }

  /** The only matching key. */
  String key(String pattern) {
    List<String> all = keys(pattern);
    if (all.size() != 1) {
      throw new AssertionError(pattern + " fits " + all);
    }
    return all.getFirst();
  }

  @Override
  public void close() {
    result(vertx.close());
  }
}
