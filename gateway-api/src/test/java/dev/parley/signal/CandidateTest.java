package dev.parley.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.Content.Candidate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateTest {

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "-, -, 0", "0, -, 0", "2, -, 2", "9999, -, 9999", "1, 0, 0", "-, 3, 3", "video, -, -",
    "007, -, -", "99999, -, -", "'', -, -"})
  void givenWhatACandidateSaysOfItsPart_whenPlaced_thenItHasANumberWhereOneIsKnown(
      @Nullable String mid, @Nullable Integer index, @Nullable Integer placed) {
    Candidate candidate = new Candidate("candidate:1 …", mid, index, "f00d");

    assertThat(candidate.placed()).isEqualTo(new Candidate("candidate:1 …", mid, placed, "f00d"));
  }
}
