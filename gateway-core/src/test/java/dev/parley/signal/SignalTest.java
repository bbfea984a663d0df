package dev.parley.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignalTest {

  private static Signal signal(String name, int payload) {
    PeerAddress peer = new PeerAddress("default", "anna");
    return new Signal(
        SignalKind.CUSTOM, peer, peer.neighbour("bert"), "test", name,
        Bytes.of(new byte[payload]), 0);
  }

  @Test
  void givenASignal_whenWeighed_thenAllThatItsSenderMayMakeLongCounts() {
    int empty = signal("", 0).weight();

    assertThat(empty).isPositive();
    assertThat(signal("", 1_000).weight()).isEqualTo(empty + 1_000);
    assertThat(signal("x".repeat(1_000), 0).weight()).isEqualTo(empty + 1_000);
  }
}
