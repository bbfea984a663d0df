package dev.parley.cluster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.script.SendCommand;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {

  private final List<String> told = new ArrayList<>();
  private final PendingCommand<SendCommand.Fate> order =
      new PendingCommand<>(
          new SendCommand(new PeerAddress("default", "alice"), 0, 0, new byte[0]), 1,
          new PendingCommand.Answer<>() {
            @Override
            public void done(SendCommand.Fate fate) {
              told.add("done " + fate);
            }

            @Override
            public void failed() {
              told.add("failed");
            }
          });

  @Test
  void givenAResult_whenConcluded_thenItIsHandedOver() {
    order.conclude("D");

    assertThat(told).containsExactly("done AWAY");
  }

  @Test
  void givenAResultThatCannotBeRead_whenConcluded_thenTheOrderHasFailedAndTheDefectIsSeen() {
    assertThatThrownBy(() -> order.conclude("something else"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(told).containsExactly("failed");
  }
}
