package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The strength of ids, counted: how many letters can stand at each place of one. */
class PeerolatorIdGeneratorTest {

  /** Of 31 letters each is missing from as many at one place with a chance of 1 in 10^28. */
  private static final int MANY = 2_000;

  private static List<String> many(PeerolatorIdGenerator ids) {
    return Stream.generate(ids::next).limit(MANY).toList();
  }

  private static double bits(List<String> ids) {
    return IntStream.range(0, ids.getFirst().length())
        .mapToDouble(
            at -> ids.stream().map(id -> id.charAt(at)).collect(Collectors.toSet()).size())
        .map(letters -> Math.log(letters) / Math.log(2))
        .sum();
  }

  @ParameterizedTest
  @CsvSource({"UUIDS, 122.0, 122.0", "STRONG, 128.8, 128.9", "SPOKEN, 64.0, 64.0"})
  void givenManyIds_whenTheirLettersAreCounted_thenTheyAreAsStrongAsDocumented(
      PeerolatorIdGenerator ids, double from, double to) {
    assertThat(bits(many(ids))).isBetween(from - 1e-9, to + 1e-9);
  }

  @ParameterizedTest
  @EnumSource(PeerolatorIdGenerator.class)
  void givenManyIds_whenCompared_thenNoTwoAreTheSameAndTheyNeedNoEscapeInAPath(
      PeerolatorIdGenerator ids) {
    Set<String> different = new HashSet<>(many(ids));

    assertThat(different).hasSize(MANY).allMatch(id -> id.matches("[a-z0-9-]{23,36}"));
  }

  @Test
  void givenStrongIds_whenRead_thenNoLetterIsMistakenForAnother() {
    assertThat(many(PeerolatorIdGenerator.STRONG)).noneMatch(id -> id.matches(".*[01ilo].*"));
  }

  @Test
  void givenSpokenIds_whenSaid_thenConsonantsAndVowelsTakeTurns() {
    assertThat(many(PeerolatorIdGenerator.SPOKEN)).allMatch(id -> id.matches(
        "[bdfghjklmnprstvz]([aiou][bdfghjklmnprstvz]){2}(-[bdfghjklmnprstvz]([aiou][bdfghjklmnprstvz]){2}){3}"));
  }
}
