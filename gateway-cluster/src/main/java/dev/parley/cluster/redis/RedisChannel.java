package dev.parley.cluster.redis;

import dev.parley.dialect.Channel;
import dev.parley.dialect.ChannelListener;
import dev.parley.dialect.Connection;
import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publish/subscribe channel of Redis: one {@link RedisSubscription} after another, until it is
 * closed. Public methods hop to one event loop, chosen at construction; everything else is confined
 * to it.
 */
public final class RedisChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger(RedisChannel.class);

  private final LoopContext loop;
  private final Vertx vertx;
  private final RedisConnector connector;
  private final RetryPolicy pace;
  private final RedisEndpoint endpoint;
  private final String name;
  private final String title;
  private final AtomicBoolean joined = new AtomicBoolean();
  private final Promise<Void> closed = Promise.promise();

  private Life life = new Life.Idle();
  private Duration pause;
  private final RedisOutage outage = new RedisOutage();
  /** The outage of publishing, since the channel was joined. */
  private final RedisOutage silence = new RedisOutage();

  /** The state of the channel. */
  private sealed interface Life {

    /** Not joined yet. */
    record Idle() implements Life {}

    /** Subscribing or subscribed; {@code subscription} knows which. */
    record Subscribed(RedisSubscription subscription) implements Life {}

    /** Waits before the next attempt. */
    record Pausing(long timer) implements Life {}

    /** Messages published before are still delivered; then it is closed. */
    record Leaving(RedisSubscription subscription) implements Life {}

    record Closed() implements Life {}
  }

  RedisChannel(
      LoopContext loop, RedisConnector connector, RedisEndpoint endpoint, String name,
      RetryPolicy pace) {
    this.loop = loop;
    this.vertx = loop.vertx();
    this.connector = connector;
    this.pace = pace;
    this.pause = pace.firstPause();
    this.name = name;
    this.endpoint = endpoint;
    this.title = "channel '" + name + "' at " + endpoint.url();
  }

  @Override
  public void join(ChannelListener listener) {
    if (!joined.compareAndSet(false, true)) {
      throw new IllegalStateException("joined already");
    }
    run(
        () -> {
          if (life instanceof Life.Idle) {
            subscribe(listener);
          }
        });
  }

  private void subscribe(ChannelListener listener) {
    assert loop.isCurrent();
    var subscription =
        new RedisSubscription(loop, connector, name, pace, new Membership(listener));
    life = new Life.Subscribed(subscription);
    subscription.open();
  }

  /** Listener of one subscription. */
  private final class Membership implements RedisSubscription.SubscriptionListener {

    private final ChannelListener listener;
    private boolean connected;

    Membership(ChannelListener listener) {
      this.listener = listener;
    }

    @Override
    public void subscribed() {
      assert loop.isCurrent();
      if (life instanceof Life.Subscribed) {
        connected = true;
        reportConnected();
        listener.connected();
      }
    }

    /** Only a subscription that stays up resets the back-off. */
    @Override
    public void alive() {
      assert loop.isCurrent();
      pause = pace.firstPause();
    }

    @Override
    public void published(Bytes message) {
      assert loop.isCurrent();
      listener.message(message);
    }

    @Override
    public void ended(Throwable cause) {
      assert loop.isCurrent();
      if (!(life instanceof Life.Subscribed)) {
        over();
        return;
      }
      reportLost(cause);
      Duration now = jittered(pause);
      pause = pace.longerThan(pause);
      life = new Life.Pausing(vertx.setTimer(now.toMillis(), id -> subscribe(listener)));
      if (connected) {
        listener.disconnected();
      }
    }
  }

  /** Jitter, so that the nodes of a cluster do not all reconnect at the same moment. */
  private static Duration jittered(Duration pause) {
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 4));
  }

  private void reportConnected() {
    silence.end();
    if (outage.isOn()) {
      LOG.info("{}: back after {} s", title, outage.end().toSeconds());
    } else {
      LOG.info("{}: joined", title);
    }
  }

  private void reportLost(Throwable cause) {
    RedisTrouble wrong = RedisTrouble.of(cause, endpoint);
    if (outage.isNews(wrong)) {
      LOG.warn(
          "{}: not connected: error={} ({}). {}. Other servers there and this node do not hear each"
              + " other until it is back; tried again at least every {} s",
          title, wrong.code(), wrong.problem(), wrong.advice(),
          pace.longestPause().plusSeconds(1).toSeconds());
    }
  }

  /** Logs what Redis refuses; loss of the connection is logged already. */
  private void reportRefused(Throwable cause) {
    RedisTrouble wrong = RedisTrouble.of(cause, endpoint);
    if (wrong.answered() && silence.isNews(wrong)) {
      LOG.warn(
          "{}: Redis refuses what is published: error={} ({}). {}. Other servers there do not hear"
              + " this node",
          title, wrong.code(), wrong.problem(), wrong.advice());
    }
  }

  @Override
  public Future<Void> publish(Bytes message) {
    Buffer payload =
        Buffer.buffer(message.length())
            .appendBytes(message.array(), message.offset(), message.length());
    return send(Request.cmd(Command.PUBLISH).arg(name).arg(payload), this::reportRefused)
        .mapEmpty();
  }

  @Override
  public Future<Integer> subscribers() {
    return send(Request.cmd(Command.PUBSUB).arg("NUMSUB").arg(name), ignored -> {})
        .map(namesAndCounts -> Objects.requireNonNull(namesAndCounts).get(1).toInteger());
  }

  private Future<@Nullable Response> send(Request command, Handler<Throwable> refused) {
    Promise<@Nullable Response> answer = Promise.promise();
    run(
        () -> {
          Future<@Nullable Response> sent =
              switch (life) {
                case Life.Subscribed(RedisSubscription subscription) -> subscription.send(command);
                case Life.Leaving(RedisSubscription subscription) -> subscription.send(command);
                case Life.Idle idle -> notConnected();
                case Life.Pausing pausing -> notConnected();
                case Life.Closed over -> notConnected();
              };
          sent.onFailure(refused).onComplete(answer);
        });
    return answer.future();
  }

  private Future<@Nullable Response> notConnected() {
    return Future.failedFuture(new IllegalStateException(title + ": not connected"));
  }

  @Override
  public void run(Runnable task) {
    loop.run(task);
  }

  @Override
  public Connection.Timer after(Duration delay, Runnable task) {
    Delayed delayed = new Delayed(task);
    run(() -> delayed.start(delay));
    return delayed;
  }

  /** A timer that is set and cancelled on the loop, where its task runs. */
  private final class Delayed implements Connection.Timer {

    private final Runnable task;
    private long timer = -1;
    private boolean cancelled;

    Delayed(Runnable task) {
      this.task = task;
    }

    void start(Duration delay) {
      assert loop.isCurrent();
      if (!cancelled) {
        timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
      }
    }

    @Override
    public void cancel() {
      run(
          () -> {
            cancelled = true;
            vertx.cancelTimer(timer);
          });
    }
  }

  @Override
  public Future<Void> close() {
    run(
        () -> {
          switch (life) {
            case Life.Subscribed(RedisSubscription subscription) -> {
              life = new Life.Leaving(subscription);
              subscription.leave();
            }
            case Life.Pausing(long timer) -> {
              vertx.cancelTimer(timer);
              over();
            }
            case Life.Idle idle -> over();
            case Life.Leaving leaving -> {}
            case Life.Closed over -> {}
          }
        });
    return closed.future();
  }

  private void over() {
    life = new Life.Closed();
    closed.tryComplete();
  }
}
