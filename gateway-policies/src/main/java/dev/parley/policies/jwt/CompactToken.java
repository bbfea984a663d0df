package dev.parley.policies.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import dev.parley.policies.support.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in its compact form, parsed and not verified. Of its header only the algorithm,
 * the id of the key and the type count: no key comes from the token itself ({@code jwk}, {@code
 * x5c}), and none from where it points to ({@code jku}, {@code x5u}).
 *
 * @param algorithm the name of the algorithm
 * @param keyId the id of the key; null for none
 * @param claims the claims
 * @param signed what the signature is of
 * @param signature the signature
 */
record CompactToken(
    String algorithm, @Nullable String keyId, ObjectNode claims, String signed,
    Base64URL signature) {

  /** The longest token, in characters. */
  static final int MAX_LENGTH = 8 * 1024;

  /** The types of tokens that say who a client is; of others no signature is looked at. */
  private static final Set<String> TYPES =
      Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

  /**
   * Whether a text has the form of a token: three parts of the alphabet of base64url, separated by
   * dots, of which the last may be empty. A random text that clients make up has not.
   */
  static boolean hasForm(String text) {
    int dots = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (i == begin || ++dots > 2) {
          return false;
        }
        begin = i + 1;
      } else if (!isBase64Url(c)) {
        return false;
      }
    }
    return dots == 2;
  }

  private static boolean isBase64Url(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || c == '-' || c == '_';
  }

  /** Parses a text that has the form of a token; empty if it is too long, or is none. */
  static Optional<CompactToken> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int first = text.indexOf('.');
    int last = text.lastIndexOf('.');
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      Optional<ObjectNode> header = StrictJson.object(decoder.decode(text.substring(0, first)))
          .filter(CompactToken::isPlain);
      Optional<ObjectNode> claims =
          StrictJson.object(decoder.decode(text.substring(first + 1, last)));
      if (header.isEmpty() || claims.isEmpty() || last == text.length() - 1) {
        return Optional.empty();
      }
      return Optional.of(new CompactToken(
          header.get().path("alg").textValue(), header.get().path("kid").textValue(), claims.get(),
          text.substring(0, last),
          new Base64URL(text.substring(last + 1))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Whether nothing in the header would have to be understood to verify the token. */
  private static boolean isPlain(ObjectNode header) {
    JsonNode type = header.path("typ");
    JsonNode keyId = header.path("kid");
    return header.path("alg").isTextual()
        && (keyId.isMissingNode() || keyId.isTextual())
        && (type.isMissingNode() || TYPES.contains(type.asText().toLowerCase(Locale.ROOT)))
        && !header.has("crit") && !header.has("b64") && !header.has("zip") && !header.has("enc");
  }

  /** What the signature is of, as bytes. */
  byte[] signedBytes() {
    return signed.getBytes(StandardCharsets.US_ASCII);
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "CompactToken[" + algorithm + "]";
  }
}
