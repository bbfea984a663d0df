package dev.parley.policies.jwt;

import com.nimbusds.jose.jwk.JWK;
import dev.parley.config.DurationText;
import dev.parley.dialect.Counters.EventCounter;
import dev.parley.policy.PolicyContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, as it last had them. They are fetched at regular times, and when a token
 * names a key that is not known: then at most once in {@link #MIN_PAUSE}, whatever tokens come.
 * Requests at the same time share one fetch. While the issuer does not answer, its last keys stay
 * good for a bounded time. Thread-safe.
 */
final class IssuerKeys {

  /** The least time between two fetches that tokens cause. */
  static final Duration MIN_PAUSE = Duration.ofSeconds(5);

  private static final Duration MAX_BACK_OFF = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** What happens to fetches: the label of the metric. */
  enum Fetch {
    FETCHED, FAILED,
    /** A key was not known, and the issuer had been asked a moment before. */
    HELD_BACK
  }

  private enum State {
    UNKNOWN, ANSWERS, AWAY, STALE
  }

  private record Held(JWK jwk, VerificationKey key) {}

  private final IssuerClient client;
  private final VerificationKeys maker;
  private final JwtOptions options;
  private final String about;
  private final Vertx vertx;
  private final InstantSource clock;
  private final EventCounter<Fetch> fetches;

  private volatile List<Held> held = List.of();
  private volatile @Nullable Instant awaySince;

  private Instant lastFetch = Instant.MIN;
  private @Nullable Future<Void> inFlight;
  private State state = State.UNKNOWN;
  private Duration backOff = MIN_PAUSE;
  private long timer = -1;
  private boolean closed;

  /**
   * @param about names the issuer in logs
   */
  IssuerKeys(
      IssuerClient client, VerificationKeys maker, JwtOptions options, String about,
      PolicyContext context) {
    this.client = client;
    this.maker = maker;
    this.options = options;
    this.about = about;
    this.vertx = context.vertx();
    this.clock = context.clock();
    this.fetches = context.counters().of("gate.jwt.keys",
        "Requests for the keys of an issuer of tokens, by outcome", "outcome", Fetch.class);
  }

  /** Fetches them for the first time; ends when that has succeeded or failed. */
  Future<Void> start() {
    return fetch();
  }

  synchronized void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  /** The keys that are good now. */
  List<VerificationKey> current() {
    return isStale() ? List.of() : held.stream().map(Held::key).toList();
  }

  /** Whether a key is one of those. */
  boolean has(VerificationKey key) {
    return !isStale() && held.stream().anyMatch(each -> each.key == key);
  }

  /** Whether a token of another key can be said to be wrong. */
  boolean isUsable() {
    return !held.isEmpty() && !isStale();
  }

  private boolean isStale() {
    Instant since = awaySince;
    return since != null && !clock.instant().isBefore(since.plus(options.staleFor()));
  }

  /** Fetches them again, unless that has just been done; never fails. */
  synchronized Future<Void> ask() {
    Future<Void> running = inFlight;
    if (running != null) {
      return running;
    }
    if (clock.instant().isBefore(lastFetch.plus(MIN_PAUSE))) {
      fetches.count(Fetch.HELD_BACK);
      return Future.succeededFuture();
    }
    return fetch();
  }

  private synchronized Future<Void> fetch() {
    Future<Void> running = inFlight;
    if (running != null) {
      return running;
    }
    lastFetch = clock.instant();
    Promise<Void> done = Promise.promise();
    inFlight = done.future();
    var unused = client.fetch().map(this::fitting).compose(
        keys -> keys.isEmpty()
            ? Future.failedFuture(new IssuerException("none of its keys is for what is accepted"))
            : Future.succeededFuture(keys))
        .onComplete(fetched -> {
          settle(fetched.succeeded() ? Optional.of(fetched.result()) : Optional.empty(),
              fetched.succeeded() ? "" : String.valueOf(fetched.cause().getMessage()));
          done.complete();
        });
    return done.future();
  }

  /** Those that can verify tokens; one that is known already stays the same object. */
  private List<Held> fitting(List<JWK> keys) {
    List<Held> before = held;
    List<Held> fitting = new ArrayList<>();
    for (JWK jwk : keys) {
      Optional<Held> known = before.stream().filter(each -> each.jwk.equals(jwk)).findFirst();
      known.or(() -> maker.of(jwk).map(key -> new Held(jwk, key))).ifPresent(fitting::add);
    }
    return fitting;
  }

  private synchronized void settle(Optional<List<Held>> fetched, String failure) {
    inFlight = null;
    if (fetched.isPresent()) {
      held = fetched.get();
      awaySince = null;
      backOff = MIN_PAUSE;
      fetches.count(Fetch.FETCHED);
    } else {
      if (awaySince == null) {
        awaySince = clock.instant();
      }
      fetches.count(Fetch.FAILED);
    }
    note(failure);
    vertx.cancelTimer(timer);
    if (!closed) {
      timer = vertx.setTimer(delay(fetched.isPresent()).toMillis(), id -> {
        var unused = fetch();
      });
    }
  }

  private Duration delay(boolean succeeded) {
    if (succeeded) {
      return options.refresh();
    }
    Duration now = backOff;
    Duration twice = now.multipliedBy(2);
    backOff = twice.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : twice;
    return now.compareTo(options.refresh()) > 0 ? options.refresh() : now;
  }

  /** Logs a change of state, once. */
  private void note(String failure) {
    State before = state;
    state = awaySince == null ? State.ANSWERS : isUsable() ? State.AWAY : State.STALE;
    if (state == before) {
      return;
    }
    switch (state) {
      case AWAY -> LOG.warn("keys of tokens cannot be fetched, and the last ones are good for {}"
          + " from now; see that the issuer is up: issuer={} failure={}",
          DurationText.format(options.staleFor()), about, failure);
      case STALE -> LOG.warn("keys of tokens cannot be fetched, and clients with tokens are denied"
          + " until they can be; see that the issuer is up: issuer={} failure={}", about, failure);
      case ANSWERS -> {
        if (before == State.UNKNOWN) {
          LOG.debug("keys of tokens are there: issuer={} keys={}", about, held.size());
        } else {
          LOG.info("keys of tokens can be fetched again: issuer={} keys={}", about, held.size());
        }
      }
      case UNKNOWN -> throw new IllegalStateException("a state that none leads to");
    }
  }
}
