package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Broker;
import dev.parley.dialect.Channel;
import dev.parley.dialect.ChannelListener;
import dev.parley.dialect.Channels;
import dev.parley.signal.Bytes;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A member of a channel that records events, and the threads that deliver them. */
final class Member implements ChannelListener {

  static final String CONNECTED = "(connected)";
  static final String DISCONNECTED = "(disconnected)";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
  private final Channel channel;

  Member(Channels channels, ServiceUrl url, String name) {
    this(channels, Broker.of(url, "test"), name);
  }

  Member(Channels channels, Broker broker, String name) {
    channel = channels.channel(broker, name);
    channel.join(this);
  }

  @Override
  public void connected() {
    note(CONNECTED);
  }

  @Override
  public void message(Bytes message) {
    note(message.text());
  }

  @Override
  public void disconnected() {
    note(DISCONNECTED);
  }

  private void note(String event) {
    threads.add(Thread.currentThread());
    events.add(event);
  }

  Channel channel() {
    return channel;
  }

  /** The next events are these. */
  Member gets(String... expected) {
    for (String event : expected) {
      try {
        assertThat(events.poll(Waits.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(event);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    return this;
  }

  void says(String text) {
    result(channel.publish(Bytes.utf8(text)));
  }

  /** Whether {@link #gets} has consumed all events. */
  boolean isSilent() {
    return events.isEmpty();
  }

  /** On how many threads it was called. */
  long threads() {
    return threads.stream().distinct().count();
  }

  static <T> T result(Future<T> future) {
    return Waits.join("an answer", future);
  }

  static Throwable failure(Future<?> future) {
    return result(future.transform(done -> Future.succeededFuture(done.cause())));
  }
}
