package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import dev.parley.policies.support.WebUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the options agree with each other, and makes the keys that they name. */
final class KeyRings {

  private static final int LEAST_SECRET = 32;

  private KeyRings() {}

  /** Whether tokens are of an issuer whose keys are fetched. */
  static boolean hasIssuer(JwtOptions options) {
    return options.jwks() != null || isDiscovered(options);
  }

  private static boolean isDiscovered(JwtOptions options) {
    return options.jwks() == null && options.secret() == null && options.keys().isEmpty();
  }

  /** The algorithms that are accepted: those that fit the kinds of keys, or some of them. */
  static List<String> accepted(JwtOptions options) {
    boolean secret = options.secret() != null;
    boolean publicKeys = !options.keys().isEmpty() || hasIssuer(options);
    for (int i = 0; i < options.algorithms().size(); i++) {
      String name = options.algorithms().get(i);
      if (!Algorithms.names().contains(name)) {
        throw new ConfigurationException(
            "algorithms." + i, name, "one of " + String.join(", ", Algorithms.names()));
      }
      if (Algorithms.isBySecret(name) ? !secret : !publicKeys) {
        throw new ConfigurationException("algorithms." + i, name,
            secret ? "one by a secret, as only secret is set" : "one by a public key, as no secret"
                + " is set");
      }
    }
    return Algorithms.names().stream()
        .filter(name -> Algorithms.isBySecret(name) ? secret : publicKeys)
        .filter(name -> options.algorithms().isEmpty() || options.algorithms().contains(name))
        .toList();
  }

  /** The keys of the configuration. Reads files. */
  static List<VerificationKey> fixed(JwtOptions options, VerificationKeys maker) {
    List<VerificationKey> keys = new ArrayList<>();
    if (options.secret() != null) {
      keys.add(ofSecret(options.secret().value(), options, maker));
    }
    for (int i = 0; i < options.keys().size(); i++) {
      var file = new PublicKeyFile("keys." + i, options.keys().get(i));
      for (PublicKey key : file.keys()) {
        keys.add(maker.of(key).orElseThrow(() -> file.refusal(
            "a key in it fits none of the algorithms " + String.join(", ", maker.accepted())
                + ", or is an RSA key of less than 2048 or more than 4096 bits")));
      }
    }
    return List.copyOf(keys);
  }

  private static VerificationKey ofSecret(
      String secret, JwtOptions options, VerificationKeys maker) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    boolean fits = Algorithms.BY_SECRET.entrySet().stream().allMatch(
        each -> each.getKey() <= bytes.length
            || !options.algorithms().contains(each.getValue().getName()));
    if (bytes.length < LEAST_SECRET || !fits) {
      throw new ConfigurationException("secret", "***",
          "a text of 32 bytes or more for HS256, 48 for HS384, 64 for HS512, drawn by chance");
    }
    return maker.ofSecret(bytes).orElseThrow(() -> new ConfigurationException(
        "secret", "***", "a public key, as algorithms has none by a secret"));
  }

  /** The issuer as a URL that its OpenID configuration is below; only where it is discovered. */
  static String discovered(JwtOptions options) {
    @Nullable String issuer = options.issuer();
    if (issuer == null) {
      throw new ConfigurationException(
          "secret", "null", "a secret, or one of keys, jwks and issuer beside it");
    }
    try {
      if (WebUrl.isWeb(new URI(issuer))) {
        return issuer;
      }
    } catch (URISyntaxException noUrl) {
      // As any other text that is no URL of a web service.
    }
    throw new ConfigurationException("issuer", issuer,
        "the URL of an OpenID provider, https://…, or one of secret, keys and jwks beside it");
  }
}
