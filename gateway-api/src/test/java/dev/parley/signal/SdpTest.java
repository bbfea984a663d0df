package dev.parley.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpTest {

  private static Sdp json(String inside) {
    return Sdp.json(Bytes.utf8("\"" + inside + "\""));
  }

  @Property
  void givenAnyText_whenMadeADescription_thenItSaysThatText(
      @ForAll @Chars({'a', '"', '\\', '\n', '\r', '\u0000', 'ä', '☕', '\ud83d',
        '\ude00'}) String text) {
    assertThat(Sdp.of(text).text()).isEqualTo(text);
    assertThat(Sdp.json(Sdp.of(text).json()).sessionId()).isEqualTo(Sdp.of(text).sessionId());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=0\\r\\no=- 4711 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\n       | 4711",
    "v=0\\no=- 4711 2 IN IP4 127.0.0.1\\ns=-                   | 4711",
    "v=0\\u000d\\u000ao=- 4711 2 IN IP4 127.0.0.1\\u000d\\u000a | 4711",
    "o=- 4711 2                                                | 4711",
    "v=0\\r\\no=-\\r\\n                                        | ",
    "v=0\\r\\n                                                 | ",
    "no=- 4711 2                                               | ",
    "v=0\\\\no=- 4711 2                                        | ",
    "v=0\\\\\\no=- 4711 2                                      | 4711"})
  void givenADescription_whenItsOriginIsRead_thenOnlyAtTheBeginningOfALine(
      String inside, String session) {
    assertThat(json(inside).sessionId().orElse(null)).isEqualTo(session);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "x\\ud83d\\ud83d", "\\u0041\\ude00\\r\\n"})
  void givenHalfOfASurrogatePair_whenADescriptionIsRead_thenTheRestOfItIs(String half) {
    Sdp sdp = json("v=0\\r\\n" + half + "\\r\\no=- 4711 2 IN\\r\\na=ice-ufrag:u\\u0041");

    assertThat(sdp.sessionId()).hasValue("4711");
    assertThat(sdp.usernameFragments()).containsExactly("uA");
    assertThat(Sdp.of(sdp.text())).isEqualTo(sdp);
  }

  @Test
  void givenAnOriginThatNobodyCouldKeep_whenRead_thenThereIsNone() {
    assertThat(json("o=- " + "1".repeat(64) + " 2").sessionId()).hasValue("1".repeat(64));
    assertThat(json("o=- " + "1".repeat(65) + " 2").sessionId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=0\\r\\nm=audio 9 UDP\\r\\n                        | MEDIA",
    "v=0\\r\\nm=application 9 UDP\\r\\nm=video 9\\r\\n  | MEDIA",
    "m=video 9                                           | MEDIA",
    "v=0\\u000am=audio 9                                 | MEDIA",
    "v=0\\r\\nm=application 9 UDP\\r\\n                  | DATA",
    "v=0\\r\\na=m=audio\\r\\n                            | DATA",
    "''                                                  | DATA",
    "m=audi                                              | DATA"})
  void givenADescription_whenItsMediaAreRead_thenAudioAndVideoAreFound(
      String inside, Media media) {
    assertThat(json(inside).media()).isEqualTo(media);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=0\\r\\na=ice-ufrag:abcd\\r\\n                              | abcd",
    "v=0\\na=ice-ufrag:a+/d                                    | a+/d",
    "v=0\\r\\na=ice-ufrag:a+\\/d\\r\\n                             | a+/d",
    "a=ice-ufrag:x\\r\\nm=audio 9\\r\\na=ice-ufrag:y\\r\\n       | x y",
    "a=ice-ufrag:x\\r\\nm=audio 9\\r\\na=ice-ufrag:x\\r\\n       | x",
    "v=0\\u000d\\u000aa=ice-ufrag:abcd\\u000d\\u000a              | abcd",
    "v=0\\r\\na=x:a=ice-ufrag:abcd\\r\\n                          | ''",
    "v=0\\r\\n                                                 | ''"})
  void givenADescription_whenItsUsernameFragmentsAreRead_thenThoseOfAllSectionsAreFound(
      String inside, String fragments) {
    assertThat(json(inside).usernameFragments())
        .isEqualTo(fragments.isEmpty() ? Set.of() : Set.of(fragments.split(" ")));
  }

  @Test
  void givenMoreUsernameFragmentsThanAreMeant_whenRead_thenThereAreNone() {
    String line = "a=ice-ufrag:";
    assertThat(json(line + "u".repeat(64)).usernameFragments()).containsExactly("u".repeat(64));
    assertThat(json(line + "u".repeat(65)).usernameFragments()).isEmpty();
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      many.append(line).append(i).append("\\r\\n");
    }
    assertThat(json(many.toString()).usernameFragments()).hasSize(16);
    assertThat(json(many + line + "16").usernameFragments()).isEmpty();
  }

  @Test
  void givenTwoSpellingsOfOneText_whenCompared_thenTheyAreEqual() {
    assertThat(json("v=0\\r\\n\\u0061")).isEqualTo(Sdp.of("v=0\r\na")).hasSameHashCodeAs(
        Sdp.of("v=0\r\na"));
    assertThat(json("v=0")).isNotEqualTo(json("v=1"));
  }

  @Test
  void givenADescription_whenPrinted_thenNothingOfItIsShown() {
    assertThat(json("a=ice-pwd:secret")).hasToString("Sdp[18 bytes]");
  }
}
