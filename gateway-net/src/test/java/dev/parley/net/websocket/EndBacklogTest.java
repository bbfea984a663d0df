package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.limits.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndBacklogTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FlushCycle cycle = new FlushCycle(channel.eventLoop(), Limits.DEFAULT,
      () -> Long.MAX_VALUE, new NodeOutput(Limits.DEFAULT, new SimpleMeterRegistry()));
  private final List<Integer> ended = new ArrayList<>();

  private void goes(int number) {
    cycle.ends().add(() -> ended.add(number));
  }

  @Test
  void givenOneThatGoes_whenItIsGone_thenItIsEndedAtOnce() {
    goes(1);

    assertThat(ended).containsExactly(1);
  }

  @Test
  void givenSomeThatWait_whenTheNodeCloses_thenAllAreEndedAtOnce() {
    int number = 0;
    while (ended.size() == number) {
      goes(number++);
    }

    cycle.ends().endAll();

    assertThat(ended).hasSize(number);
  }

  @Test
  void givenVeryManyThatGoAtOnce_whenOthersWait_thenTheyAreServedBeforeAllHaveEnded() {
    List<Integer> all = new ArrayList<>();
    int number = 0;
    // As many as it takes, on a slow machine, until one has to wait.
    while (ended.size() == all.size()) {
      goes(number);
      all.add(number++);
    }
    goes(number);
    all.add(number);
    int before = ended.size();
    AtomicInteger meanwhile = new AtomicInteger();
    channel.eventLoop().execute(() -> meanwhile.set(ended.size()));

    channel.runPendingTasks();

    assertThat(meanwhile).hasValue(before);
    assertThat(ended).isEqualTo(all);
  }
}
