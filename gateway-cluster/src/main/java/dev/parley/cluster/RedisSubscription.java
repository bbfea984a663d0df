package dev.parley.cluster;

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
 * One subscription to a channel, from the first connection to the loss of it. It takes two
 * connections, because a Redis that speaks RESP2 takes no commands on one that has subscribed.
 * Event loop of its owner only.
 */
final class RedisSubscription {

  private final Vertx vertx;
  private final RedisConnector connector;
  private final String channel;
  private final RedisPace pace;
  private final Owner owner;

  private @Nullable RedisLink commands;
  private @Nullable RedisLink pushes;
  private long deadline = -1;
  private long probing = -1;
  private boolean leaving;
  private boolean over;

  /** Whoever the subscription is for. */
  interface Owner {

    /** The subscription is there. */
    void subscribed();

    /** Redis has answered a while after it was there. */
    void alive();

    /** Somebody has published something. */
    void published(Bytes message);

    /** It is over, whatever the reason; the last call. */
    void ended(Throwable cause);
  }

  RedisSubscription(
      Vertx vertx, RedisConnector connector, String channel, RedisPace pace, Owner owner) {
    this.vertx = vertx;
    this.connector = connector;
    this.channel = channel;
    this.pace = pace;
    this.owner = owner;
  }

  /** Begins. */
  void open() {
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
    if (push == null) {
      return;
    }
    if (push.type() == ResponseType.ERROR) {
      end(new RedisTroubleException(RedisTrouble.ofReply(push.toString()), null));
    } else if (push.type() == ResponseType.MULTI && push.size() == 3) {
      switch (push.get(0).toString()) {
        case "message" -> owner.published(Bytes.of(push.get(2).toBuffer().getBytes()));
        case "subscribe" -> confirmed();
        case "unsubscribe" -> end(new IllegalStateException("unsubscribed"));
        default -> {}
      }
    }
  }

  private void confirmed() {
    vertx.cancelTimer(deadline);
    probing = vertx.setPeriodic(pace.probe().toMillis(), id -> probe());
    owner.subscribed();
  }

  /** A connection that was cut without a word is found out only by using it. */
  private void probe() {
    if (commands != null && pushes != null) {
      var unused =
          commands.send(Request.cmd(Command.PING)).onSuccess(
              pong -> {
                if (!over) {
                  owner.alive();
                }
              });
      // A message that comes before the answer is taken for the answer.
      unused = pushes.send(Request.cmd(Command.PING)).onSuccess(this::pushed);
    }
  }

  /** Sends a command beside the subscription; fails at once if it is not there. */
  Future<@Nullable Response> send(Request command) {
    return commands == null || over
        ? Future.failedFuture(new IllegalStateException("not connected"))
        : commands.send(command);
  }

  /**
   * Unsubscribes. What was published before that still comes; then the owner is told of the end.
   */
  void leave() {
    if (pushes == null) {
      end(new IllegalStateException("left"));
    } else if (!leaving) {
      leaving = true;
      expectAnswer();
      var unused = pushes.send(Request.cmd(Command.UNSUBSCRIBE).arg(channel)).onFailure(this::end);
    }
  }

  private void end(Throwable cause) {
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
      owner.ended(cause);
    }
  }
}
