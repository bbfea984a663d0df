package dev.parley.policies.jwt;

import dev.parley.dialect.Counters.EventCounter;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.policies.support.BoundedCache;
import dev.parley.policies.support.Sha256;
import dev.parley.policies.support.WebClient;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits clients that show a signed token. A token that has been verified is remembered by its
 * hash, as clients show the same one with each reconnection and each request: while its key is
 * good, only its times and its realm are looked at.
 */
final class JwtPolicy implements Policy {

  private static final Logger LOG = LoggerFactory.getLogger(JwtPolicy.class);

  /** How many verified tokens are remembered. */
  private static final int MAX_VERIFIED = 10_000;

  private final JwtOptions options;
  private final TokenPlaces places;
  private final List<String> accepted;
  private final KeyRing ring;
  private final ClaimReader reader;
  private final @Nullable WebClient web;
  private final Duration leeway;
  private final InstantSource clock;
  private final String realm;
  private final EventCounter<JwtOutcome> outcomes;
  private final BoundedCache<Verified> verified = new BoundedCache<>(MAX_VERIFIED);

  /** A token whose signature and claims were right. */
  private record Verified(VerificationKey key, TokenClaims claims) {}

  JwtPolicy(JwtOptions options, PolicyContext context) {
    this.options = options;
    this.places = options.from();
    this.leeway = options.leeway();
    this.clock = context.clock();
    this.realm = context.realm();
    this.reader = new ClaimReader(options);
    this.accepted = KeyRings.accepted(options);
    var maker = new VerificationKeys(accepted);
    List<VerificationKey> fixed = KeyRings.fixed(options, maker);
    @Nullable IssuerKeys issuer = null;
    if (KeyRings.hasIssuer(options)) {
      String name =
          options.jwks() == null ? KeyRings.discovered(options) : options.jwks().toString();
      web = new WebClient(
          context.vertx(), options.tls(), 1, options.timeout(), IssuerClient.MAX_BYTES);
      var client = new IssuerClient(
          web, options.jwks() == null ? null : options.jwks().uri(), name);
      issuer = new IssuerKeys(client, maker, options, name, context);
    } else {
      web = null;
    }
    this.ring = new KeyRing(fixed, issuer, new VerificationWorkers(context.vertx()));
    this.outcomes = context.counters().of("gate.jwt.tokens",
        "Tokens that clients have shown, by outcome", "outcome", JwtOutcome.class);
  }

  @Override
  public Future<Void> start() {
    IssuerKeys issuer = ring.issuer();
    if (issuer == null) {
      return Future.succeededFuture();
    }
    if (options.audience().isEmpty() || options.issuer() == null) {
      LOG.warn("tokens that their issuer has made for other applications are admitted, too; set"
          + " audience and issuer of the policy jwt: realm={}", realm);
    }
    return issuer.start();
  }

  @Override
  public Future<Void> close() {
    if (ring.issuer() != null) {
      ring.issuer().close();
    }
    Future<Void> clients = web == null ? Future.succeededFuture() : web.close();
    return clients.eventually(ring.workers()::close);
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    Optional<String> shown = places.find(handshake);
    if (shown.isEmpty()) {
      return Future.succeededFuture(new Verdict.NoCredential());
    }
    String wanted = handshake.request().realm();
    return reading(shown.get()).map(reading -> switch (reading) {
      case TokenReading.Fit(TokenClaims claims) -> verdict(claims, wanted);
      case TokenReading.Unfit(JwtOutcome outcome) -> counted(outcome, null);
    });
  }

  private Verdict verdict(TokenClaims claims, String wanted) {
    return counted(claims.admit(wanted, clock.instant(), leeway), claims);
  }

  private Verdict counted(JwtOutcome outcome, @Nullable TokenClaims claims) {
    outcomes.count(outcome);
    @Nullable Denial denial = outcome.denial();
    if (denial != null || claims == null) {
      return Verdict.denied(denial == null ? Denial.BAD_CREDENTIAL : denial);
    }
    return new Verdict.Admitted(claims.identity());
  }

  private Future<TokenReading> reading(String text) {
    if (text.length() > CompactToken.MAX_LENGTH) {
      return unfit(JwtOutcome.MALFORMED);
    }
    String hash = Sha256.hex(text.getBytes(StandardCharsets.US_ASCII));
    Optional<Verified> known = verified.get(hash).filter(each -> ring.has(each.key));
    if (known.isPresent()) {
      return Future.succeededFuture(new TokenReading.Fit(known.get().claims));
    }
    Optional<CompactToken> token = CompactToken.parse(text);
    if (token.isEmpty()) {
      return unfit(JwtOutcome.MALFORMED);
    }
    if (!accepted.contains(token.get().algorithm())) {
      return unfit(JwtOutcome.ALGORITHM);
    }
    return ring.match(token.get()).map(match -> match.key() == null
        ? new TokenReading.Unfit(match.outcome())
        : remembered(hash, match.key(), reader.read(token.get().claims())));
  }

  private TokenReading remembered(String hash, VerificationKey key, TokenReading reading) {
    if (reading instanceof TokenReading.Fit(TokenClaims claims)) {
      verified.put(hash, new Verified(key, claims));
    }
    return reading;
  }

  private static Future<TokenReading> unfit(JwtOutcome outcome) {
    return Future.succeededFuture(new TokenReading.Unfit(outcome));
  }

  /** Without the options, which have a secret. */
  @Override
  public String toString() {
    return "jwt";
  }
}
