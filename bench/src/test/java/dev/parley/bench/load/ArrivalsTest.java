package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private final Arrivals arrivals = new Arrivals();

  @Test
  void givenAllInOrder_whenCounted_thenNothingIsWrong() {
    signals(0, 1, 2);

    assertThat(arrivals.faults(3)).isEqualTo(Faults.NONE);
    assertThat(arrivals.settled()).isEqualTo(3);
  }

  @Test
  void givenGapsAndAMissingEnd_whenCounted_thenEachIsLost() {
    signals(1, 2, 5);

    assertThat(arrivals.faults(8)).isEqualTo(new Faults(5, 0, 0, 0));
    assertThat(arrivals.settled()).isEqualTo(6);
  }

  @Test
  void givenNothing_whenCounted_thenAllAreLost() {
    assertThat(arrivals.faults(2)).isEqualTo(new Faults(2, 0, 0, 0));
  }

  @Test
  void givenTwoSwapped_whenCounted_thenOneIsOutOfOrderAndNoneLost() {
    signals(1, 0, 2);

    assertThat(arrivals.faults(3)).isEqualTo(new Faults(0, 0, 1, 0));
  }

  @Test
  void givenRepetitions_whenCounted_thenEachIsADuplicate() {
    signals(0, 0, 1, 0, 1);

    assertThat(arrivals.faults(2)).isEqualTo(new Faults(0, 3, 0, 0));
    assertThat(arrivals.settled()).isEqualTo(2);
  }

  @Test
  void givenALateOneTwice_whenCounted_thenItIsOutOfOrderOnceAndADuplicateOnce() {
    signals(1, 0, 0);

    assertThat(arrivals.faults(2)).isEqualTo(new Faults(0, 1, 1, 0));
  }

  @Test
  void givenAlteredOnes_whenCounted_thenTheyAreNotLostAsWell() {
    signals(0);
    arrivals.altered();
    signals(2, 4);
    arrivals.altered();

    assertThat(arrivals.faults(6)).isEqualTo(new Faults(1, 0, 0, 2));
    assertThat(arrivals.settled()).isEqualTo(6);
  }

  @Test
  void givenMoreAlteredThanMissing_whenCounted_thenNothingIsLost() {
    arrivals.altered();
    signals(0);

    assertThat(arrivals.faults(1)).isEqualTo(new Faults(0, 0, 0, 1));
  }

  private void signals(long... numbers) {
    for (long number : numbers) {
      arrivals.signal(number);
    }
  }
}
