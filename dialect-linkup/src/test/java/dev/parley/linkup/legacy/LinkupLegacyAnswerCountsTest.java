package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkupLegacyAnswerCountsTest {

  private static final long LIFETIME = 1_000;

  private final LinkupLegacyAnswerCounts tallies = new LinkupLegacyAnswerCounts(LIFETIME);

  private void answered(int times) {
    for (int i = 0; i < times; i++) {
      tallies.answered("alice");
    }
  }

  @Test
  void givenAQuestion_whenAllHaveAnswered_thenItIsComplete() {
    tallies.subscribers(3);
    tallies.asked("alice", 0);
    answered(2);
    assertThat(tallies.isComplete("alice")).isFalse();

    answered(1);

    assertThat(tallies.isComplete("alice")).isTrue();
  }

  @Test
  void givenNobodyKnowsHowManyAnswer_whenSomeDo_thenItIsNotComplete() {
    tallies.asked("alice", 0);
    answered(5);

    assertThat(tallies.isComplete("alice")).isFalse();
  }

  @Test
  void givenTwoQuestionsThatOverlap_whenAllHaveAnsweredBoth_thenTheyAreComplete() {
    tallies.subscribers(2);
    tallies.asked("alice", 0);
    answered(1);
    tallies.asked("alice", 1);
    answered(2);
    assertThat(tallies.isComplete("alice")).isFalse();

    answered(1);

    assertThat(tallies.isComplete("alice")).isTrue();
  }

  @Test
  void givenACompleteQuestion_whenOneHasLeftAndItIsAskedAgain_thenOldAnswersDoNotCount() {
    tallies.subscribers(3);
    tallies.asked("alice", 0);
    answered(3);

    tallies.asked("alice", 1);
    tallies.subscribers(2);
    answered(1);

    assertThat(tallies.isComplete("alice")).isFalse();
  }

  @Test
  void givenAnswersThatNeverCome_whenForgottenOrOld_thenTheyAreNotMissedLater() {
    tallies.subscribers(2);
    tallies.asked("alice", 0);
    tallies.asked("bob", 0);
    tallies.forget("bob");
    assertThat(tallies.isComplete("alice")).isFalse();
    assertThat(tallies.isComplete("bob")).isTrue();

    tallies.asked("carl", LIFETIME + 1);

    assertThat(tallies.isComplete("alice")).isTrue();
    assertThat(tallies.isComplete("carl")).isFalse();
  }

  @Test
  void givenVeryManyIds_whenAskedAbout_thenTheOldestAreForgotten() {
    tallies.subscribers(2);
    tallies.asked("alice", 0);
    for (int i = 0; i < 10_000; i++) {
      tallies.asked("peer" + i, 0);
    }

    assertThat(tallies.isComplete("alice")).isTrue();
    assertThat(tallies.isComplete("peer0")).isFalse();
  }
}
