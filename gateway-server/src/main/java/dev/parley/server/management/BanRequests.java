package dev.parley.server.management;

import dev.parley.access.Ban;
import dev.parley.access.Ban.Kind;
import dev.parley.access.Bans;
import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.hub.HubUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, puts and lifts bans, as JSON: {@code {"kind": "subject", "realm": "acme", "value":
 * "mallory", "for": "24h", "reason": "spam"}}. Without a realm a ban holds in all of them.
 */
final class BanRequests {

  /** The longest request, in bytes. */
  static final int MAX_BYTES = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BanRequests.class);
  private static final Set<String> MEMBERS = Set.of("kind", "realm", "value", "for", "reason");
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final Bans bans;
  private final InstantSource clock;

  /** An answer: a status, and what is wrong. */
  record Answer(int status, Optional<String> error) {

    private static Answer wrong(String what) {
      return new Answer(400, Optional.of(what));
    }
  }

  BanRequests(Bans bans, InstantSource clock) {
    this.bans = bans;
    this.clock = clock;
  }

  /** All that hold now. */
  JsonArray list() {
    JsonArray all = new JsonArray();
    for (Ban ban : bans.all()) {
      all.add(
          new JsonObject()
              .put("kind", word(ban.kind()))
              .put("realm", ban.realm())
              .put("value", ban.value())
              .put("until", ban.until().toString())
              .put("reason", ban.reason()));
    }
    return all;
  }

  /** Puts a ban, in place of one about the same clients. */
  Future<Answer> put(Buffer body) {
    return change(body, true);
  }

  /** Lifts a ban; {@code for} and {@code reason} do not matter. */
  Future<Answer> lift(Buffer body) {
    return change(body, false);
  }

  private Future<Answer> change(Buffer body, boolean puts) {
    Ban ban;
    try {
      ban = read(new JsonObject(body), puts);
    } catch (DecodeException | ClassCastException notThat) {
      return Future.succeededFuture(Answer.wrong("a JSON object of texts is expected"));
    } catch (ConfigurationException wrong) {
      return Future.succeededFuture(Answer.wrong("expected: " + wrong.expected()));
    } catch (IllegalArgumentException wrong) {
      return Future.succeededFuture(Answer.wrong(String.valueOf(wrong.getMessage())));
    }
    // Without its value, which may be an address.
    LOG.info("ban {}: kind={} realm={}", puts ? "put" : "lifted", word(ban.kind()),
        ban.realm() == null ? "-" : ban.realm());
    return (puts ? bans.put(ban) : bans.remove(ban))
        .map(new Answer(204, Optional.empty()))
        .otherwise(failure -> failed(failure));
  }

  private static Answer failed(Throwable failure) {
    return switch (failure) {
      case HubUnavailableException away -> new Answer(503, Optional.of("the cluster is away"));
      case IllegalStateException full ->
          new Answer(409, Optional.of(String.valueOf(full.getMessage())));
      default -> new Answer(500, Optional.of(failure.getClass().getSimpleName()));
    };
  }

  private Ban read(JsonObject of, boolean puts) {
    if (!MEMBERS.containsAll(of.fieldNames())) {
      throw new IllegalArgumentException("members other than " + MEMBERS.stream().sorted().toList());
    }
    Duration time = puts ? DurationText.parse(text(of, "for")) : Duration.ofSeconds(1);
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("for: 1s to 87600h");
    }
    Instant until = clock.instant().plus(time);
    return new Ban(
        kind(text(of, "kind")), of.getString("realm"), text(of, "value"), until,
        of.getString("reason", ""));
  }

  private static Kind kind(String word) {
    for (Kind each : Kind.values()) {
      if (word(each).equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("kind: subject, id, or network");
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String text(JsonObject of, String name) {
    String text = of.getString(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }
}
