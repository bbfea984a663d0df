package dev.parley.policies.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of a token whose signature has been verified. A claim that is present and is not
 * of its type refuses the token, so that no grant depends on a guess.
 *
 * @param options what the claims must be
 */
record ClaimReader(JwtOptions options) {

  /** The last second of the year 9999. */
  private static final double LAST_SECOND = 253_402_300_799.0;

  /** A claim is not of the type that it should be. Without a trace, as clients can cause it. */
  private static final class ClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private ClaimException() {
      super("claim", null, false, false);
    }
  }

  /** The claims, or why they are refused. */
  TokenReading read(ObjectNode claims) {
    try {
      if (options.issuer() != null
          && !options.issuer().equals(claims.path("iss").textValue())) {
        return new TokenReading.Unfit(JwtOutcome.ISSUER);
      }
      if (!options.audience().isEmpty()
          && texts(claims.path("aud")).stream().noneMatch(options.audience()::contains)) {
        return new TokenReading.Unfit(JwtOutcome.AUDIENCE);
      }
      for (String name : options.required()) {
        if (at(claims, name).isMissingNode() || at(claims, name).isNull()) {
          return new TokenReading.Unfit(JwtOutcome.CLAIM);
        }
      }
      @Nullable Instant expiry = time(claims.path("exp"));
      @Nullable String realm = options.claims().realm();
      return new TokenReading.Fit(new TokenClaims(
          time(claims.path("nbf")), expiry, realm == null ? null : texts(at(claims, realm)),
          identity(claims, expiry)));
    } catch (ClaimException wrong) {
      return new TokenReading.Unfit(JwtOutcome.CLAIM);
    }
  }

  private Identity identity(ObjectNode claims, @Nullable Instant expiry) throws ClaimException {
    ClaimNames names = options.claims();
    String subject = at(claims, names.subject()).textValue();
    if (subject == null || subject.isEmpty()) {
      throw new ClaimException();
    }
    IdGrant ids = names.id() == null && names.ids() == null ? IdGrant.only(subject)
        : new IdGrant(
            new TreeSet<>(names.id() == null ? List.of() : texts(at(claims, names.id()))),
            names.ids() == null ? List.of() : patterns(texts(at(claims, names.ids()))));
    return new Identity(subject, new TreeSet<>(roles(claims, names.roles())), ids,
        expiry == null ? null : expiry.plus(options.leeway()), Map.of());
  }

  private static List<String> roles(ObjectNode claims, @Nullable String name)
      throws ClaimException {
    if (name == null) {
      return List.of();
    }
    JsonNode claim = at(claims, name);
    return claim.isTextual()
        ? Arrays.stream(claim.textValue().split(" ")).filter(role -> !role.isEmpty()).toList()
        : texts(claim);
  }

  private static List<IdPattern> patterns(List<String> texts) throws ClaimException {
    List<IdPattern> patterns = new ArrayList<>();
    for (String text : texts) {
      if (text.length() > IdPattern.MAX_LENGTH) {
        throw new ClaimException();
      }
      patterns.add(new IdPattern(text));
    }
    return patterns;
  }

  /** A claim of this name, or the field that a path with dots leads to. */
  private static JsonNode at(ObjectNode claims, String name) {
    JsonNode claim = claims.path(name);
    if (!claim.isMissingNode() || name.indexOf('.') < 0) {
      return claim;
    }
    JsonNode at = claims;
    for (String part : name.split("\\.", -1)) {
      at = at.isObject() ? at.path(part) : MissingNode.getInstance();
    }
    return at;
  }

  /** One text, or a list of them; none for a claim that is missing. */
  private static List<String> texts(JsonNode claim) throws ClaimException {
    if (claim.isMissingNode() || claim.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : claim.isArray() ? claim : List.of(claim)) {
      if (!each.isTextual() || each.textValue().isEmpty()) {
        throw new ClaimException();
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  /** A number of seconds since 1970, with fractions or without. */
  private static @Nullable Instant time(JsonNode claim) throws ClaimException {
    if (claim.isMissingNode() || claim.isNull()) {
      return null;
    }
    double seconds = claim.isNumber() ? claim.doubleValue() : Double.NaN;
    if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
      throw new ClaimException();
    }
    return Instant.ofEpochMilli((long) (seconds * 1000));
  }
}
