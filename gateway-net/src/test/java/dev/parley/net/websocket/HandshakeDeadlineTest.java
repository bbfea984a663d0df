package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandshakeDeadlineTest {

  private static final Duration TIME = Duration.ofSeconds(10);
  private static final AttributeKey<Object> DEADLINE =
      AttributeKey.valueOf(HandshakeDeadline.class, "deadline");

  private final EmbeddedChannel channel = new EmbeddedChannel();

  private void starts() {
    channel.freezeTime();
    HandshakeDeadline.start(channel, TIME);
  }

  /** Whether a timer is running. */
  private boolean isTimed() {
    return channel.runScheduledPendingTasks() >= 0;
  }

  private void passes(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void givenAConnectionWithoutARequest_whenTheTimeIsUp_thenItIsClosed() {
    starts();
    passes(TIME.minusNanos(1));
    assertThat(channel.isOpen()).isTrue();

    passes(Duration.ofNanos(1));

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givenARequest_whenTheTimeIsUp_thenTheConnectionIsOpenAndKeepsNothingOfTheDeadline() {
    starts();
    HandshakeDeadline.met(channel);

    assertThat(isTimed()).isFalse();
    assertThat(channel.hasAttr(DEADLINE)).isFalse();

    HandshakeDeadline.met(channel);
    assertThat(channel.hasAttr(DEADLINE)).as("after another request").isFalse();
    passes(TIME);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void givenAConnectionWithoutARequest_whenItsClientLeaves_thenNoTimerIsLeft() {
    starts();
    assertThat(isTimed()).isTrue();

    var unused = channel.close();
    channel.runPendingTasks();

    assertThat(isTimed()).isFalse();
  }
}
