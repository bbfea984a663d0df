package dev.parley.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnUserNameTest {

  private static final Instant EXPIRY = Instant.ofEpochSecond(1_800_000_000, 999_999_999);
  private static final String BEFORE = "1800000000:";

  @ParameterizedTest
  @NullAndEmptySource
  void givenNoSubject_whenNamed_thenTheNameIsOfOneCredential(@Nullable String subject) {
    String name = TurnUserName.of(EXPIRY, subject);

    assertThat(name).matches(BEFORE + "anyone=[0-9a-f]{8}");
    assertThat(Stream.generate(() -> TurnUserName.of(EXPIRY, subject)).limit(100))
        .anyMatch(another -> !another.equals(name));
  }

  /** Behind the equals sign, what coturn would refuse, or take for something else. */
  @ParameterizedTest
  @CsvSource(delimiter = '=', quoteCharacter = '|', value = {"anna=anna",
    "anna@example.org=anna@example.org", "Jane Doe=Jane%20Doe", "O'Brien=O%27Brien",
    "a\"b=a%22b", "a\\b=a%5Cb", "9999999999:admin=9999999999%3Aadmin", "zoë=zo%C3%AB",
    "100%=100%25", "a%3Ab=a%253Ab", "union=union", "selected=selected"})
  void givenASubject_whenNamed_thenItIsEncodedBehindTheExpiry(String subject, String encoded) {
    assertThat(TurnUserName.of(EXPIRY, subject)).isEqualTo(BEFORE + encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"union-select", "Selection@re-Union.example.org"})
  void givenASubjectThatCoturnTakesForSql_whenNamed_thenItsHashIsThere(String subject) {
    assertThat(TurnUserName.of(EXPIRY, subject)).matches(BEFORE + "sha-256=[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ë", "🌍", " "})
  void givenALongSubject_whenNamed_thenTheNameStaysShortAndIsItsOwn(String character) {
    String longer = character.repeat(10_000);

    assertThat(TurnUserName.of(EXPIRY, longer))
        .matches(BEFORE + "sha-256=[0-9a-f]{64}")
        .isEqualTo(TurnUserName.of(EXPIRY, longer))
        .isNotEqualTo(TurnUserName.of(EXPIRY, longer + "x"));
  }

  @Test
  void givenEveryCharacter_whenNamed_thenTheNameHasNoneThatATurnServerRefuses() {
    IntStream.rangeClosed(0, 0x3FF)
        .mapToObj(Character::toString)
        .forEach(character -> assertThat(TurnUserName.of(EXPIRY, character))
            .matches(BEFORE + "[A-Za-z0-9%._~@-]+"));
  }
}
