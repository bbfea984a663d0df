package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "null", "file://", "https://app.example.org", "https://app.example.org:8443",
        "http://localhost", "http://localhost:8080", "http://192.0.2.1:8081",
        "http://[::1]:8080", "https://xn--bcher-kva.example", "https://under_score.example",
        "capacitor://localhost", "ionic://localhost", "app://.", "tauri://localhost",
        "chrome-extension://abcdefghijklmnop", "http://x.example:443", "https://x.example:80",
        "safari-web-extension://0F2C4A6E-1111-2222-3333-444455556666"})
  void givenWhatABrowserSends_whenChecked_thenItIsAccepted(String origin) {
    assertThatCode(() -> WebOrigins.check("origins", List.of(origin))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.example/, https://x.example",
    "https://x.example/path, https://x.example",
    "https://x.example?a=b, https://x.example",
    "https://x.example#a, https://x.example",
    "https://x.example:443, https://x.example",
    "http://x.example:80/, http://x.example",
    "https://x.example:08443, https://x.example:8443",
    "https://me:secret@x.example, https://x.example",
    "HTTPS://X.Example, https://x.example",
    "https://bücher.example, https://xn--bcher-kva.example",
    "wss://x.example, https://x.example",
    "ws://x.example:9000/peerjs, http://x.example:9000",
    "NULL, null",
    "file:///, file://",
    "file:///android_asset/www/index.html, file://",
    "FILE://, file://",
    "Capacitor://localhost/, capacitor://localhost",
    "capacitor://me@localhost, capacitor://localhost",
    "chrome-extension://ABCDEFGHIJKLMNOP, chrome-extension://abcdefghijklmnop",
    "http://127.1:8080, http://127.0.0.1:8080",
    "http://0x7f000001, http://127.0.0.1",
    "http://0300.0.2.01, http://192.0.2.1",
    "http://3221225985, http://192.0.2.1",
    "http://192.0.2.1., http://192.0.2.1",
    "http://[2001:DB8:0:0:0:0:0:1], http://[2001:db8::1]",
    "http://[2001:db8:0:0:1:0:0:0], http://[2001:db8:0:0:1::]",
    "http://[0:0:0:0:0:0:0:0], http://[::]",
    "http://[::ffff:192.0.2.1], http://[::ffff:c000:201]",
    "http://[1:0:2:0:3:0:4:00], http://[1:0:2:0:3:0:4:0]",
  })
  void givenWhatNoBrowserSends_whenChecked_thenTheLineSaysWhatOneSends(
      String origin, String sent) {
    assertThatThrownBy(() -> WebOrigins.check("origins", List.of("*", origin)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("origins.1: '" + origin
            + "' is not valid; expected an origin as browsers send it: " + sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x.example", "localhost:8080", "//x.example", "https:", "https://",
        "https:///path", "https:x.example", "file:", "https://*.example.org", "https://x:port",
        "https://x.example https://y.example", "https://x.example,https://y.example", "about:blank",
        "https://x.example:99999", "**", "http://1.2.3.4.5",
        "http://256.1.1.1", "http://a.1", "http://[::1::]", "http://[1:2]", "https://a%41.example",
        "https://a<b.example", "https://a^b", "data://x", "about://blank", "app://a^b"})
  void givenWhatIsNoOriginAtAll_whenChecked_thenTheLineShowsOne(String origin) {
    assertThatThrownBy(() -> WebOrigins.check("origins", List.of(origin)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("origins.0: '" + origin
            + "' is not valid; expected * or an origin such as https://app.example.org");
  }
}
