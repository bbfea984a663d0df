package dev.parley.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CookiesTest {

  @Test
  void givenCookies_whenParsed_thenTheFirstOfANameCountsAndValuesAreKept() {
    assertThat(Cookies.parse(List.of("a=1; b=x=y ;c=;\t__Host-d=\"q\"", "a=2; e=%20")))
        .isEqualTo(Map.of("a", "1", "b", "x=y", "c", "", "__Host-d", "q", "e", "%20"));
  }

  @Test
  void givenWhatIsNoCookie_whenParsed_thenItIsSkipped() {
    assertThat(Cookies.parse(List.of("", ";;", "alone", "=value", " ; a=1 ;", "\"", "b=\"")))
        .isEqualTo(Map.of("a", "1", "b", "\""));
  }

  @Test
  void givenVeryManyCookies_whenParsed_thenTheirNumberIsBounded() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      line.append('c').append(i).append("=1;");
    }

    assertThat(Cookies.parse(List.of(line.toString(), line.toString()))).hasSize(Cookies.MAX);
  }
}
