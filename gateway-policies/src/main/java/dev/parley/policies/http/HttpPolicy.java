package dev.parley.policies.http;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.dialect.Counters.EventCounter;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.policies.support.BoundedCache;
import dev.parley.policies.support.Circuit;
import dev.parley.policies.support.Sha256;
import dev.parley.policies.support.WebAnswer;
import dev.parley.policies.support.WebCallException;
import dev.parley.policies.support.WebClient;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application about each client. Whatever is not a valid answer denies, and so does a
 * circuit that is open.
 */
final class HttpPolicy implements Policy {

  private static final Logger LOG = LoggerFactory.getLogger(HttpPolicy.class);

  /** The largest answer, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  /** The outcome of asking: the label of the metric. */
  enum Outcome {
    ALLOWED, DENIED, CACHED,
    /** No connection, or one that ended without an answer. */
    UNREACHABLE,
    SLOW,
    /** An answer that is none, or too large. */
    INVALID,
    /** The circuit is open. */
    CIRCUIT,
    /** Too many questions wait. */
    BUSY
  }

  private final HttpOptions options;
  private final URI url;
  private final MultiMap headers;
  private final HttpQuestion question;
  private final WebClient web;
  private final Circuit circuit;
  private final InstantSource clock;
  private final String realm;
  private final EventCounter<Outcome> outcomes;
  private final BoundedCache<Kept> answers;

  /** Whether the last answer was none. */
  private final AtomicBoolean invalid = new AtomicBoolean();

  /** An answer that is good for a while. */
  private record Kept(Verdict verdict, Instant until) {}

  HttpPolicy(HttpOptions options, PolicyContext context) {
    if (options.url() == null) {
      throw new ConfigurationException("url", "null", "the URL of the application that is asked");
    }
    this.options = options;
    this.url = options.url().uri();
    this.question = new HttpQuestion(options.headers());
    this.clock = context.clock();
    this.realm = context.realm();
    this.headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
    if (options.secret() != null) {
      headers.add("Authorization", "Bearer " + options.secret().value());
    }
    this.web = new WebClient(
        context.vertx(), options.tls(), options.connections(), options.timeout(), MAX_BYTES);
    this.circuit = new Circuit(options.failures(), options.pause(), clock);
    this.answers = new BoundedCache<>(options.cache());
    this.outcomes = context.counters().of("gate.http",
        "Questions to the application whether a client may connect, by outcome", "outcome",
        Outcome.class);
  }

  @Override
  public Future<Void> close() {
    return web.close();
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    byte[] body = question.about(handshake);
    String hash = Sha256.hex(body);
    Optional<Verdict> kept = kept(hash);
    if (kept.isPresent()) {
      outcomes.count(Outcome.CACHED);
      return Future.succeededFuture(kept.get());
    }
    if (!circuit.allows()) {
      return Future.succeededFuture(unavailable(Outcome.CIRCUIT));
    }
    return ask(Buffer.buffer(body))
        .compose(this::parsed)
        .map(answer -> said(hash, answer))
        .otherwise(this::failed);
  }

  private Optional<Verdict> kept(String hash) {
    Optional<Kept> kept = answers.get(hash);
    if (kept.isPresent() && !clock.instant().isBefore(kept.get().until)) {
      answers.remove(hash);
      return Optional.empty();
    }
    return kept.map(Kept::verdict);
  }

  /** Asks once more if the connection ends without an answer: it may have been idle too long. */
  private Future<WebAnswer> ask(Buffer body) {
    return web.post(url, headers, body).recover(failure -> isUnreachable(failure)
        ? web.post(url, headers, body) : Future.failedFuture(failure));
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof WebCallException call
        && call.kind() == WebCallException.Cause.UNREACHABLE;
  }

  private Future<HttpAnswer> parsed(WebAnswer answer) {
    try {
      return Future.succeededFuture(HttpAnswer.parse(answer, clock.instant()));
    } catch (HttpAnswerException invalid) {
      return Future.failedFuture(invalid);
    }
  }

  private Verdict said(String hash, HttpAnswer answer) {
    answered();
    invalid.set(false);
    Verdict verdict = answer.verdict();
    if (!answer.good().isZero()) {
      Instant until = clock.instant().plus(answer.good());
      answers.put(hash, new Kept(verdict, earlier(until, verdict)));
    }
    outcomes.count(verdict instanceof Verdict.Admitted ? Outcome.ALLOWED : Outcome.DENIED);
    return verdict;
  }

  private static Instant earlier(Instant until, Verdict verdict) {
    if (verdict instanceof Verdict.Admitted(var identity)) {
      Instant expiry = identity.expiry();
      return expiry != null && expiry.isBefore(until) ? expiry : until;
    }
    return until;
  }

  /** The application is there; whether its answer is valid is another question. */
  private void answered() {
    if (circuit.succeeded() == Circuit.Change.CLOSED) {
      LOG.info("the application answers again whether clients may connect: url={} realm={}",
          shown(), realm);
    }
  }

  private Verdict failed(Throwable failure) {
    return unavailable(switch (failure) {
      case WebCallException call -> switch (call.kind()) {
        case UNREACHABLE -> counted(Outcome.UNREACHABLE, failure);
        case SLOW -> counted(Outcome.SLOW, failure);
        case TOO_LARGE -> noted(failure);
        // By the calls before it, whose own outcomes count.
        case BUSY -> Outcome.BUSY;
      };
      case HttpAnswerException answer when answer.isBroken() -> counted(Outcome.INVALID, failure);
      default -> noted(failure);
    });
  }

  /** Counts a failure for the circuit. */
  private Outcome counted(Outcome outcome, Throwable failure) {
    if (circuit.failed() == Circuit.Change.OPENED) {
      LOG.warn("the application does not answer whether clients may connect; clients are denied,"
          + " and it is asked again in {}: url={} realm={} failure={}",
          DurationText.format(options.pause()), shown(), realm, failure.getMessage());
    }
    return outcome;
  }

  /** An answer that is none: logged once, until there is a valid one. */
  private Outcome noted(Throwable failure) {
    answered();
    if (!invalid.getAndSet(true)) {
      LOG.warn("the application's answer whether a client may connect is not valid, and the client"
          + " is denied; see docs/gates.md for its form: url={} realm={} failure={}",
          shown(), realm, failure.getMessage());
    }
    return Outcome.INVALID;
  }

  private Verdict unavailable(Outcome outcome) {
    outcomes.count(outcome);
    return Verdict.denied(Denial.UNAVAILABLE);
  }

  /** Without the path and the query, which may hold a secret. */
  private String shown() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** Without the options, which have a secret. */
  @Override
  public String toString() {
    return "http";
  }
}
