package dev.parley.policies.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static boolean isObject(String text) {
    return StrictJson.object(text.getBytes(StandardCharsets.UTF_8)).isPresent();
  }

  @Property(tries = 500)
  void givenAnyBytes_whenTheyAreParsed_thenNothingIsThrown(@ForAll byte[] bytes) {
    assertThatCode(() -> StrictJson.object(bytes)).doesNotThrowAnyException();
  }

  @Test
  void givenAnObject_whenItIsParsed_thenItIsThere() {
    assertThat(isObject("{\"a\":[1,{\"b\":null}]} \n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", " ", "[]", "1", "{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1,\"a\":2}}", "{}{}", "{} x", "{a:1}",
    "{\"a\":01}", "{\"a\":NaN}", "{\"a\":1,}", "{/**/}", "{\"a\":\"\t\"}"})
  void givenWhatIsNoStrictObject_whenItIsParsed_thenThereIsNone(String text) {
    assertThat(isObject(text)).isFalse();
  }

  @Test
  void givenNesting_whenItIsTooDeep_thenThereIsNone() {
    int most = StrictJson.MAX_DEPTH - 1;

    assertThat(isObject("{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}")).isTrue();
    assertThat(isObject("{\"a\":" + "[".repeat(most + 1) + "]".repeat(most + 1) + "}")).isFalse();
    assertThat(isObject("{\"a\":" + "[".repeat(1_000_000))).isFalse();
  }

  @Test
  void givenBytesThatAreNoUtf8_whenTheyAreParsed_thenThereIsNone() {
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
    assertThat(StrictJson.object(overlong)).isEmpty();
    assertThat(StrictJson.object("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE))).isEmpty();
    assertThat(StrictJson.object("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE))).isEmpty();
  }
}
