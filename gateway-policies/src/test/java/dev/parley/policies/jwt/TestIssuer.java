package dev.parley.policies.jwt;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.parley.config.ServiceUrl;
import dev.parley.policies.support.TestWeb;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.Collectors;

/** An issuer on loopback, whose keys and whose behaviour a test changes. Thread-safe. */
final class TestIssuer {

  static final String KEYS = "/keys";
  static final String CONFIGURATION = "/.well-known/openid-configuration";

  private final TestWeb web;
  private volatile String set = "{\"keys\":[]}";

  TestIssuer(Vertx vertx) {
    web = new TestWeb(vertx, (asked, response) -> {});
    comeUp();
  }

  /** Has these keys from now on, as JSON each. */
  void has(String... keys) {
    set = List.of(keys).stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  void comeUp() {
    web.behave(this::serve);
  }

  /** Answers with an error. */
  void goDown() {
    web.behave((asked, response) -> TestWeb.answer(response, 503, "later"));
  }

  /** Takes requests and answers none. */
  void goSilent() {
    web.behave((asked, response) -> {});
  }

  private void serve(TestWeb.Asked asked, HttpServerResponse response) {
    switch (asked.path()) {
      case KEYS -> TestWeb.answer(response, 200, set);
      case CONFIGURATION -> TestWeb.answer(response, 200,
          "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + web.url(KEYS) + "\"}");
      default -> TestWeb.answer(response, 404, "");
    }
  }

  TestWeb web() {
    return web;
  }

  String url() {
    return web.url("").toString();
  }

  ServiceUrl keys() {
    return new ServiceUrl(web.url(KEYS));
  }

  long fetches() {
    return web.asked(KEYS);
  }

  /** A signer's public key as JSON, with more fields, such as {@code "use":"sig"}. */
  static String jwk(Signer signer, String id, String... fields) {
    String key = switch (signer.publicKey()) {
      case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(id).build().toJSONString();
      case ECPublicKey ec -> new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
          .keyID(id).build().toJSONString();
      case EdECPublicKey ed -> "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + signer.x()
          + "\",\"kid\":\"" + id + "\"}";
      default -> throw new IllegalArgumentException("a key of another kind");
    };
    return key.substring(0, key.length() - 1)
        + List.of(fields).stream().map(field -> "," + field).collect(Collectors.joining()) + "}";
  }
}
