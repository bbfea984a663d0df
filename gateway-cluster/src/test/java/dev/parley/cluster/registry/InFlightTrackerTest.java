package dev.parley.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each of the conditions that close local delivery, and what ends it. */
class InFlightTrackerTest {

  private static final int EPOCH = 1;
  private static final int NEXT = 2;

  private final InFlightTracker tracker = new InFlightTracker(EPOCH);

  @Test
  void givenTwoSignalsInFlight_whenBothHaveEnded_thenItIsClear() {
    tracker.begun();
    tracker.begun();

    tracker.ended(EPOCH);

    assertThat(tracker.isClear()).isFalse();
    assertThat(tracker.hasRemoteSends()).isTrue();
    tracker.ended(EPOCH);
    assertThat(tracker.isClear()).isTrue();
    assertThat(tracker.hasRemoteSends()).isFalse();
  }

  @Test
  void givenHeldMail_whenAllOfItHasArrived_thenItIsClear() {
    tracker.ownerChanged(1);

    assertThat(tracker.isClear()).isFalse();
    tracker.mailArrived();
    assertThat(tracker.isClear()).isTrue();
  }

  @Test
  void givenAnOwner_whenASignalWasRoutedAway_thenItIsNotClearUntilTheNextOwner() {
    tracker.begun();

    tracker.routedAway(EPOCH, true);

    assertThat(tracker.hasRemoteSends()).isFalse();
    assertThat(tracker.isClear()).isFalse();
    tracker.ownerChanged(0);
    assertThat(tracker.isClear()).isTrue();
  }

  @Test
  void givenNoOwner_whenASignalWasRoutedAway_thenItIsClear() {
    tracker.begun();

    tracker.routedAway(EPOCH, false);

    assertThat(tracker.isClear()).isTrue();
  }

  @Test
  void givenSignalsAndMailOfAnEpoch_whenTheNextBegins_thenTheyAreForgottenAndLateEndsHaveNoEffect() {
    tracker.begun();
    tracker.ownerChanged(3);

    assertThat(tracker.enter(NEXT)).isTrue();

    assertThat(tracker.enter(NEXT)).isFalse();
    assertThat(tracker.isClear()).isTrue();
    tracker.begun();
    tracker.ended(EPOCH);
    tracker.routedAway(EPOCH, true);
    assertThat(tracker.hasRemoteSends()).isTrue();
    tracker.ended(NEXT);
    assertThat(tracker.isClear()).isTrue();
  }
}
