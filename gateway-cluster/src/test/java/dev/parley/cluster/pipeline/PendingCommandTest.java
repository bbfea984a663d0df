package dev.parley.cluster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.script.SendCommand;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCommandTest {

  private final List<String> results = new ArrayList<>();
  private final PendingCommand<SendCommand.Fate> pending =
      new PendingCommand<>(
          new SendCommand(new PeerAddress("default", "alice"), 0, 0, new byte[0]), 1,
          new PendingCommand.Answer<>() {
            @Override
            public void done(SendCommand.Fate fate) {
              results.add("done " + fate);
            }

            @Override
            public void failed() {
              results.add("failed");
            }
          });

  @Test
  void givenAResult_whenCompleted_thenItIsHandedOver() {
    pending.complete("D");

    assertThat(results).containsExactly("done AWAY");
  }

  @Test
  void givenAResultThatCannotBeRead_whenCompleted_thenTheCommandHasFailedAndTheDefectIsSeen() {
    assertThatThrownBy(() -> pending.complete("something else"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(results).containsExactly("failed");
  }
}
