package dev.parley.policies.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import dev.parley.policies.support.StrictJson;
import dev.parley.policies.support.WebAnswer;
import dev.parley.policies.support.WebClient;
import dev.parley.policies.support.WebUrl;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of an issuer: from a URL, or from where its OpenID configuration says. A key
 * that cannot be parsed is left out, so that a new kind of key beside others does no harm.
 * Thread-safe.
 */
final class IssuerClient {

  /** The largest answer of an issuer, in bytes. */
  static final int MAX_BYTES = 256 * 1024;

  /** So many keys of an issuer count. */
  static final int MAX_KEYS = 100;

  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int OK = 200;

  private final WebClient web;
  private final @Nullable URI jwks;
  private final String issuer;

  /**
   * @param jwks the URL of the keys; null to discover it
   * @param issuer the issuer, as its configuration must name it
   */
  IssuerClient(WebClient web, @Nullable URI jwks, String issuer) {
    this.web = web;
    this.jwks = jwks;
    this.issuer = issuer;
  }

  /** The keys, at least one; fails with a reason for a log otherwise. */
  Future<List<JWK>> fetch() {
    Future<URI> place = jwks == null ? discover() : Future.succeededFuture(jwks);
    return place.compose(this::object).compose(IssuerClient::keysOf);
  }

  private Future<URI> discover() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return object(URI.create(base + DISCOVERY)).compose(this::placeIn);
  }

  private Future<URI> placeIn(ObjectNode configuration) {
    if (!issuer.equals(configuration.path("issuer").textValue())) {
      return failed("its OpenID configuration is that of another issuer, "
          + configuration.path("issuer"));
    }
    String text = configuration.path("jwks_uri").asText();
    try {
      URI place = new URI(text);
      boolean downgrade = issuer.startsWith("https:") && !WebUrl.isSecure(place);
      if (WebUrl.isWeb(place) && !downgrade) {
        return Future.succeededFuture(place);
      }
    } catch (URISyntaxException malformed) {
      // As any other text that is no URL of a web service.
    }
    return failed("its OpenID configuration has no URL for jwks_uri that is as safe as its own");
  }

  private Future<ObjectNode> object(URI url) {
    return web.get(url).compose(answer -> objectIn(answer, url));
  }

  private static Future<ObjectNode> objectIn(WebAnswer answer, URI url) {
    if (answer.status() != OK) {
      return failed("status " + answer.status() + " from " + url.getHost() + url.getPath());
    }
    Optional<ObjectNode> object = StrictJson.object(answer.body().getBytes());
    return object.isPresent() ? Future.succeededFuture(object.get())
        : failed("no JSON object from " + url.getHost() + url.getPath());
  }

  private static Future<List<JWK>> keysOf(ObjectNode set) {
    List<JWK> keys = new ArrayList<>();
    for (JsonNode each : set.path("keys")) {
      if (keys.size() < MAX_KEYS) {
        try {
          keys.add(JWK.parse(each.toString()));
        } catch (ParseException | IllegalArgumentException | IllegalStateException unknown) {
          // Of a kind that is not known, or damaged.
        }
      }
    }
    return keys.isEmpty() ? failed("its set of keys has none that can be parsed")
        : Future.succeededFuture(keys);
  }

  private static <T> Future<T> failed(String why) {
    return Future.failedFuture(new IssuerException(why));
  }
}
