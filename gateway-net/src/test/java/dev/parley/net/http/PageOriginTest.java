package dev.parley.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageOriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example, a.example, false, true",
    "https://a.example, A.Example:443, true, true",
    "https://a.example:8443, a.example:8443, true, true",
    "https://a.example:8443, a.example, true, false",
    "https://a.example, a.example:9000, true, false",
    "http://a.example, a.example, false, true",
    "http://a.example, a.example:80, false, true",
    "http://a.example, a.example, true, false",
    "https://a.example.evil.example, a.example, true, false",
    "https://evil-a.example, a.example, true, false",
    "https://[2001:db8::1]:9000, [2001:db8::1]:9000, true, true",
    "null, null, false, false",
    "https://, '', true, false",
    "http://:80, :80, false, true",
    "chrome-extension://a.example, a.example, false, false",
  })
  void givenAnOriginAndAHost_whenCompared_thenOnlyThePagesOfThisServerAreItsOwn(
      String origin, String host, boolean secure, boolean own) {
    assertThat(PageOrigin.isOf(origin, host, secure)).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({"https://a.example, true", "https://b.example, false", "null, false",
    "file://, false", "*, false"})
  void givenAList_whenAnOriginIsLookedUp_thenItMustBeNamedAndBelongToASite(
      String origin, boolean named) {
    assertThat(
        PageOrigin.isNamed(origin, List.of("*", "https://a.example", "null", "file://")))
        .isEqualTo(named);
  }
}
