package dev.parley.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterpretersTest {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private final Interpreters interpreters = new Interpreters(Map.of(
      "broken", signal -> {
        throw new IllegalArgumentException("a defect");
      },
      "fine", signal -> Optional.of(new ForeignSignal(signal, null, new Content.Bye()))));

  private static Signal signal(String dialect) {
    return new Signal(SignalKind.BYE, ANNA, ANNA, dialect, "", Bytes.EMPTY, 0);
  }

  /** It is read for the recipient, which has not written it. */
  @Test
  void givenASignalThatItsInterpreterFailsWith_whenRead_thenItIsNoneThatCanBeRead() {
    assertThat(interpreters.read(signal("broken"))).isEmpty();
    assertThat(interpreters.read(signal("broken"))).isEmpty();
    assertThat(interpreters.read(signal("fine"))).isPresent();
    assertThat(interpreters.read(signal("unknown"))).isEmpty();
  }
}
