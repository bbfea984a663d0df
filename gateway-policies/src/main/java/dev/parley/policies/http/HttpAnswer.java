package dev.parley.policies.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policies.support.StrictJson;
import dev.parley.policies.support.WebAnswer;
import dev.parley.policy.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the application says of a client.
 *
 * @param verdict what it says
 * @param good for how long it is good; zero for this client alone
 */
record HttpAnswer(Verdict verdict, Duration good) {

  /** The longest time that an answer is kept. */
  static final Duration MAX_CACHE = Duration.ofHours(1);

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  private static final Set<String> FIELDS = Set.of("allow", "status", "subject", "ids", "patterns",
      "roles", "expires", "attributes", "cache");

  /**
   * Parses an answer.
   *
   * @param now from when on {@code expires} counts
   * @throws HttpAnswerException if it is not one
   */
  static HttpAnswer parse(WebAnswer answer, Instant now) throws HttpAnswerException {
    if (answer.status() != OK) {
      throw new HttpAnswerException(
          "status " + answer.status(), answer.status() >= SERVER_ERROR);
    }
    Optional<ObjectNode> body = StrictJson.object(answer.body().getBytes());
    return new Reader(body.orElseThrow(() -> new HttpAnswerException("no JSON object"))).read(now);
  }

  /** Reads the fields. One that is not known is an error: a misspelled one would grant too much. */
  private record Reader(ObjectNode body) {

    HttpAnswer read(Instant now) throws HttpAnswerException {
      for (var fields = body.fieldNames(); fields.hasNext();) {
        if (!FIELDS.contains(fields.next())) {
          throw new HttpAnswerException("a field that is not known");
        }
      }
      JsonNode allow = body.path("allow");
      if (!allow.isBoolean()) {
        throw wrong("allow");
      }
      Duration good = good();
      return new HttpAnswer(
          allow.booleanValue() ? new Verdict.Admitted(identity(now)) : Verdict.denied(denial()),
          good);
    }

    private Denial denial() throws HttpAnswerException {
      JsonNode status = body.path("status");
      int number = status.isMissingNode() ? FORBIDDEN : status.isInt() ? status.intValue() : 0;
      return switch (number) {
        case UNAUTHORIZED -> Denial.BAD_CREDENTIAL;
        case FORBIDDEN -> Denial.FORBIDDEN;
        default -> throw wrong("status");
      };
    }

    private Identity identity(Instant now) throws HttpAnswerException {
      @Nullable String subject = subject();
      List<String> ids = texts("ids");
      List<String> patterns = texts("patterns");
      boolean none = body.path("ids").isMissingNode() && body.path("patterns").isMissingNode();
      IdGrant grant = subject != null && none ? IdGrant.only(subject)
          : new IdGrant(new TreeSet<>(ids), patterns(patterns));
      return new Identity(
          subject, new TreeSet<>(texts("roles")), grant, expiry(now), attributes());
    }

    private @Nullable String subject() throws HttpAnswerException {
      JsonNode subject = body.path("subject");
      if (subject.isMissingNode() || subject.isNull()) {
        return null;
      }
      if (!subject.isTextual() || subject.textValue().isEmpty()) {
        throw wrong("subject");
      }
      return subject.textValue();
    }

    private List<String> texts(String field) throws HttpAnswerException {
      JsonNode list = body.path(field);
      if (list.isMissingNode()) {
        return List.of();
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode each : list) {
        if (!each.isTextual() || each.textValue().isEmpty()) {
          throw wrong(field);
        }
        texts.add(each.textValue());
      }
      if (!list.isArray()) {
        throw wrong(field);
      }
      return texts;
    }

    private static List<IdPattern> patterns(List<String> texts) throws HttpAnswerException {
      try {
        return texts.stream().map(IdPattern::new).toList();
      } catch (ConfigurationException tooLong) {
        throw wrong("patterns");
      }
    }

    private @Nullable Instant expiry(Instant now) throws HttpAnswerException {
      JsonNode expires = body.path("expires");
      if (expires.isMissingNode() || expires.isNull()) {
        return null;
      }
      try {
        if (expires.isTextual()) {
          return OffsetDateTime.parse(expires.textValue()).toInstant();
        }
        if (expires.isIntegralNumber() && expires.canConvertToInt() && expires.intValue() > 0) {
          return now.plusSeconds(expires.intValue());
        }
      } catch (DateTimeException noTime) {
        // As any other value that is no time.
      }
      throw wrong("expires");
    }

    private Map<String, String> attributes() throws HttpAnswerException {
      JsonNode attributes = body.path("attributes");
      if (attributes.isMissingNode()) {
        return Map.of();
      }
      if (!attributes.isObject()) {
        throw wrong("attributes");
      }
      Map<String, String> read = new TreeMap<>();
      for (Map.Entry<String, JsonNode> each : attributes.properties()) {
        if (!each.getValue().isTextual()) {
          throw wrong("attributes");
        }
        read.put(each.getKey(), each.getValue().textValue());
      }
      return read;
    }

    private Duration good() throws HttpAnswerException {
      JsonNode cache = body.path("cache");
      if (cache.isMissingNode()) {
        return Duration.ZERO;
      }
      try {
        Duration good = DurationText.parse(cache.isTextual() ? cache.textValue() : "");
        return good.compareTo(MAX_CACHE) > 0 ? MAX_CACHE : good;
      } catch (ConfigurationException noDuration) {
        throw wrong("cache");
      }
    }

    private static HttpAnswerException wrong(String field) {
      return new HttpAnswerException("the field " + field + " is not as it should be");
    }
  }
}
