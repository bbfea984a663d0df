package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigurationExceptionTest {
  @Test
  void givenSurroundings_whenCompleted_thenTheLineNamesSourceKeyValueAndExpectation() {
    var wrong = new ConfigurationException("port", "abc", "a whole number");

    assertThat(wrong).hasMessage("port: 'abc' is not valid; expected a whole number");
    assertThat(wrong.within("listeners.0").from("c.yaml"))
        .hasMessage("c.yaml: listeners.0.port: 'abc' is not valid; expected a whole number");
    assertThat(wrong.within("listeners.0").key()).isEqualTo("listeners.0.port");
  }

  @Test
  void givenAnEmptyKey_whenCompleted_thenThePrefixIsTheKey() {
    var wrong = new ConfigurationException("", "abc", "a size");

    assertThat(wrong).hasMessage("'abc' is not valid; expected a size");
    assertThat(wrong.within("limits.message").key()).isEqualTo("limits.message");
  }

  @Test
  void givenAnUnknownKey_whenRefused_thenTheLineSaysSo() {
    assertThat(ConfigurationException.unknownKey("limits.brst", "brst", "one of burst, rate"))
        .hasMessage("limits.brst: 'brst' is not a known key; expected one of burst, rate");
  }

  @Test
  void givenALongValueOfManyLines_whenRefused_thenItIsStillOneShortLine() {
    var wrong = new ConfigurationException("key", "a\r\nb\u001b[31m" + "x".repeat(500), "text");

    assertThat(wrong.getMessage())
        .startsWith("key: 'a b [31mxxx")
        .endsWith("x…' is not valid; expected text")
        .hasSizeLessThan(160)
        .doesNotContainPattern("\\p{Cntrl}");
  }
}
