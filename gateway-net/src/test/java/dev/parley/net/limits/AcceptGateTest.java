package dev.parley.net.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A listening socket that accepts clients, in a process with a simulated number of open files. */
class AcceptGateTest {

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private Optional<FileDescriptors> files = Optional.empty();
  private final AcceptGate gate = new AcceptGate(metrics, () -> files);
  private final EmbeddedChannel listening = new EmbeddedChannel(gate.new Handler());

  private void files(long open, long max) {
    files = Optional.of(new FileDescriptors(open, max));
  }

  private EmbeddedChannel connects() {
    EmbeddedChannel client = new EmbeddedChannel();
    listening.writeInbound(client);
    Object passedOn = listening.readInbound();
    assertThat(passedOn).isSameAs(client.isOpen() ? client : null);
    return client;
  }

  private List<EmbeddedChannel> connect(int clients) {
    List<EmbeddedChannel> open = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      EmbeddedChannel client = connects();
      assertThat(client.isOpen()).as("client " + i).isTrue();
      open.add(client);
    }
    return open;
  }

  private double shed() {
    return metrics.get("parley.connections.shed").counter().count();
  }

  @Test
  void givenOpenFiles_whenMeasured_thenSomeAreHeldBackAndNeverMoreThanHalf() {
    files(100, 1000);
    assertThat(gate.measure()).hasValue(900 - 64);
    files(100, 110);
    assertThat(gate.measure()).hasValue(5);
    files(111, 110);
    assertThat(gate.measure()).hasValue(0);
  }

  @Test
  void givenAGuardedGate_whenOneClientMoreComes_thenItIsClosedAndCounted() {
    files(100, 110);
    gate.guard();
    List<EmbeddedChannel> clients = connect(5);

    assertThat(connects().isOpen()).isFalse();
    assertThat(connects().isOpen()).isFalse();

    assertThat(clients).allMatch(EmbeddedChannel::isOpen);
    assertThat(shed()).isEqualTo(2);
  }

  @Test
  void givenAGateThatIsFull_whenAClientLeaves_thenOneComesInForIt() {
    files(100, 110);
    gate.guard();
    List<EmbeddedChannel> clients = connect(5);
    assertThat(connects().isOpen()).isFalse();
    var unused = clients.getFirst().close();

    connect(1);

    assertThat(connects().isOpen()).isFalse();
  }

  @Test
  void givenClientsThatAreIn_whenMeasuredAgain_thenTheirFilesAreTheirs() {
    files(100, 110);
    gate.guard();
    connect(5);
    files(105, 110);
    assertThat(gate.measure()).hasValue(5);
    assertThat(connects().isOpen()).isFalse();

    files(95, 110);
    assertThat(gate.measure()).hasValue(10);
    connect(5);
    assertThat(connects().isOpen()).isFalse();
  }

  /** The negative twin: nothing was measured, so nothing is refused. */
  @Test
  void givenAGateThatStandsOpen_whenManyCome_thenAllAreIn() {
    files(100, 110);
    assertThat(gate.isGuarding()).isFalse();

    connect(200);

    assertThat(shed()).isZero();
  }

  @Test
  void givenASystemThatDoesNotTell_whenGuarded_thenAllAreIn() {
    gate.guard();
    assertThat(gate.isGuarding()).isTrue();
    assertThat(gate.measure()).isEmpty();

    connect(200);
  }
}
