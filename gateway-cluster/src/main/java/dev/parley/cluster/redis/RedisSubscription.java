package dev.parley.cluster.redis;

import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a channel, from connecting until it is lost. It takes two connections,
 * because with RESP2 a subscribed connection takes no commands. Confined to the event loop of its
 * listener.
 */
final class RedisSubscription {

  private final LoopContext loop;
  private final Vertx vertx;
  private final RedisConnector connector;
  private final String channel;
  private final RetryPolicy pace;
  private final SubscriptionListener listener;

  private @Nullable RedisLink commands;
  private @Nullable RedisLink pushes;
  private long deadline = -1;
  private long probing = -1;
  private boolean leaving;
  private boolean over;

  /** Listener of the subscription. */
  interface SubscriptionListener {

    /** The subscription is active. */
    void subscribed();

    /** Redis has answered a while after the subscription became active. */
    void alive();

    /** A message was published. */
    void published(Bytes message);

    /** The subscription has ended, for whatever reason; the last call. */
    void ended(Throwable cause);
  }

  RedisSubscription(
      LoopContext loop, RedisConnector connector, String channel, RetryPolicy pace,
      SubscriptionListener listener) {
    this.loop = loop;
    this.vertx = loop.vertx();
    this.connector = connector;
    this.channel = channel;
    this.pace = pace;
    this.listener = listener;
  }

  /** Connects and subscribes. */
  void open() {
    assert loop.isCurrent();
    var unused =
        connector
            .open()
            .compose(
                link -> {
                  commands = watched(link);
                  return connector.open();
                })
            .onSuccess(this::subscribe)
            .onFailure(this::end);
  }

  private void subscribe(RedisLink link) {
    pushes = watched(link);
    link.onPush(this::pushed);
    if (!over) {
      expectAnswer();
      var unused =
          link.send(Request.cmd(Command.SUBSCRIBE).arg(channel)).onFailure(this::end);
    }
  }

  private RedisLink watched(RedisLink link) {
    var unused = link.ended().onSuccess(this::end);
    if (over) {
      link.close();
    }
    return link;
  }

  private void expectAnswer() {
    vertx.cancelTimer(deadline);
    deadline =
        vertx.setTimer(
            pace.patience().toMillis(),
            id -> end(
                new TimeoutException("no answer for " + pace.patience().toMillis() + " ms")));
  }

  private void pushed(@Nullable Response push) {
    assert loop.isCurrent();
    if (push == null) {
      return;
    }
    if (push.type() == ResponseType.ERROR) {
      end(new RedisTroubleException(RedisTrouble.ofReply(push.toString()), null));
    } else if (push.type() == ResponseType.MULTI && push.size() == 3) {
      switch (push.get(0).toString()) {
        case "message" -> listener.published(Bytes.of(push.get(2).toBuffer().getBytes()));
        case "subscribe" -> confirmed();
        case "unsubscribe" -> end(new IllegalStateException("unsubscribed"));
        default -> {}
      }
    }
  }

  private void confirmed() {
    vertx.cancelTimer(deadline);
    probing = vertx.setPeriodic(pace.probe().toMillis(), id -> probe());
    listener.subscribed();
  }

  /** A connection that was cut silently is detected only by using it. */
  private void probe() {
    if (commands != null && pushes != null) {
      var unused =
          commands.send(Request.cmd(Command.PING)).onSuccess(
              pong -> {
                if (!over) {
                  listener.alive();
                }
              });
      // A message that arrives before the answer is taken for the answer.
      unused = pushes.send(Request.cmd(Command.PING)).onSuccess(this::pushed);
    }
  }

  /** Sends a command beside the subscription; fails at once if it is not active. */
  Future<@Nullable Response> send(Request command) {
    assert loop.isCurrent();
    return commands == null || over
        ? Future.failedFuture(new IllegalStateException("not connected"))
        : commands.send(command);
  }

  /** Unsubscribes. Messages published before are still delivered; then the subscription ends. */
  void leave() {
    assert loop.isCurrent();
    if (pushes == null) {
      end(new IllegalStateException("left"));
    } else if (!leaving) {
      leaving = true;
      expectAnswer();
      var unused = pushes.send(Request.cmd(Command.UNSUBSCRIBE).arg(channel)).onFailure(this::end);
    }
  }

  private void end(Throwable cause) {
    assert loop.isCurrent();
    if (!over) {
      over = true;
      vertx.cancelTimer(deadline);
      vertx.cancelTimer(probing);
      if (commands != null) {
        commands.close();
      }
      if (pushes != null) {
        pushes.close();
      }
      listener.ended(cause);
    }
  }
}
