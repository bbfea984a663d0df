package dev.parley.group.rules;

import static dev.parley.group.rules.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValueTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {'a':1,'b':[2,{'c':3}]}  | { 'b' : [ 2 , { 'c' : 3 } ] , 'a' : 1 }
      {'a':1,'a':2}            | {'a':2}
      'é'                      | '\\u00e9'
      'a/b'                    | 'a\\/b'
      1                        | 1.0
      1                        | 10e-1
      100                      | 1E+2
      -0.05                    | -5e-2
      0                        | -0.000e7
      1e400                    | 10e399
      12345678901234567890     | 1234567890123456789e1
      null                     | null
      []                       | [ ]
      """)
  void givenTwoTextsOfOneValue_whenCompared_thenTheyAreTheSame(String one, String other) {
    assertThat(JsonValue.same(json(one), json(other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      1                     | '1'
      1                     | true
      0                     | ''
      0                     | false
      ''                    | false
      null                  | false
      null                  | 0
      null                  | {}
      []                    | {}
      [1]                   | {'0':1}
      [1,2]                 | [2,1]
      {'a':null}            | {}
      {'a':1}               | {'a':1,'b':2}
      {'a':[1,'2']}         | {'a':[1,2]}
      1                     | -1
      1e400                 | 1e401
      12345678901234567890  | 12345678901234567891
      'a'                   | 'A'
      """)
  void givenTwoValues_whenCompared_thenTheyAreNotTheSame(String one, String other) {
    assertThat(JsonValue.same(json(one), json(other))).isFalse();
    assertThat(JsonValue.same(json(other), json(one))).isFalse();
  }

  @Test
  void givenNumbersThatAreMeantToTakeLong_whenCompared_thenTheyDoNot() {
    String digits = "1" + "0".repeat(200_000);
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
      assertThat(JsonValue.same(json(digits), json("1e200000"))).isTrue();
      assertThat(JsonValue.same(json("1e999999999"), json("1e999999998"))).isFalse();
      assertThat(JsonValue.same(json("1e" + "9".repeat(100_000)), json("1"))).isFalse();
    });
  }
}
