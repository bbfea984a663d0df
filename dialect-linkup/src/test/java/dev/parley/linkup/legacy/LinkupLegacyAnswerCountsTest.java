package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkupLegacyAnswerCountsTest {

  private static final long LIFETIME = 1_000;

  private final LinkupLegacyAnswerCounts counts = new LinkupLegacyAnswerCounts(LIFETIME);

  private void answered(int times) {
    for (int i = 0; i < times; i++) {
      counts.markAnswered("alice");
    }
  }

  @Test
  void givenAQuestion_whenAllHaveAnswered_thenItIsComplete() {
    counts.subscribers(3);
    counts.markAsked("alice", 0);
    answered(2);
    assertThat(counts.isComplete("alice")).isFalse();

    answered(1);

    assertThat(counts.isComplete("alice")).isTrue();
  }

  @Test
  void givenNobodyKnowsHowManyAnswer_whenSomeDo_thenItIsNotComplete() {
    counts.markAsked("alice", 0);
    answered(5);

    assertThat(counts.isComplete("alice")).isFalse();
  }

  @Test
  void givenTwoQuestionsThatOverlap_whenAllHaveAnsweredBoth_thenTheyAreComplete() {
    counts.subscribers(2);
    counts.markAsked("alice", 0);
    answered(1);
    counts.markAsked("alice", 1);
    answered(2);
    assertThat(counts.isComplete("alice")).isFalse();

    answered(1);

    assertThat(counts.isComplete("alice")).isTrue();
  }

  @Test
  void givenACompleteQuestion_whenOneHasLeftAndItIsAskedAgain_thenOldAnswersDoNotCount() {
    counts.subscribers(3);
    counts.markAsked("alice", 0);
    answered(3);

    counts.markAsked("alice", 1);
    counts.subscribers(2);
    answered(1);

    assertThat(counts.isComplete("alice")).isFalse();
  }

  @Test
  void givenAnswersThatNeverCome_whenForgottenOrOld_thenTheyAreNotMissedLater() {
    counts.subscribers(2);
    counts.markAsked("alice", 0);
    counts.markAsked("bob", 0);
    counts.forget("bob");
    assertThat(counts.isComplete("alice")).isFalse();
    assertThat(counts.isComplete("bob")).isTrue();

    counts.markAsked("carl", LIFETIME + 1);

    assertThat(counts.isComplete("alice")).isTrue();
    assertThat(counts.isComplete("carl")).isFalse();
  }

  @Test
  void givenVeryManyIds_whenAskedAbout_thenTheOldestAreForgotten() {
    counts.subscribers(2);
    counts.markAsked("alice", 0);
    for (int i = 0; i < 10_000; i++) {
      counts.markAsked("peer" + i, 0);
    }

    assertThat(counts.isComplete("alice")).isTrue();
    assertThat(counts.isComplete("peer0")).isFalse();
  }
}
