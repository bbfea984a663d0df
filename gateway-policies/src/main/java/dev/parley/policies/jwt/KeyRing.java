package dev.parley.policies.jwt;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a policy: those of its configuration, and those of an issuer. Thread-safe.
 *
 * @param fixed the keys of the configuration
 * @param issuer the keys of the issuer; null for none
 * @param workers verify what is slow
 */
record KeyRing(
    List<VerificationKey> fixed, @Nullable IssuerKeys issuer, VerificationWorkers workers) {

  /** With how many keys a token is tried that does not say which one it is signed with. */
  private static final int MAX_TRIES = 8;

  /**
   * How a token stands to the keys.
   *
   * @param key the key that it is signed with; null if there is none
   * @param outcome why there is none
   */
  record Match(@Nullable VerificationKey key, JwtOutcome outcome) {

    static Match none(JwtOutcome outcome) {
      return new Match(null, outcome);
    }
  }

  /** Whether a key is still one of these. */
  boolean has(VerificationKey key) {
    return fixed.contains(key) || (issuer != null && issuer.has(key));
  }

  /** Finds the key that the token is signed with. Never fails. */
  Future<Match> match(CompactToken token) {
    IssuerKeys further = issuer;
    return among(fixed, token).compose(match -> match.key != null || further == null
        ? Future.succeededFuture(match) : amongThoseOf(further, token));
  }

  private Future<Match> amongThoseOf(IssuerKeys further, CompactToken token) {
    List<VerificationKey> known = further.current();
    if (known.stream().anyMatch(key -> key.isNamedBy(token))) {
      return among(known, token);
    }
    return further.ask().compose(asked -> further.isUsable()
        ? among(further.current(), token)
        : Future.succeededFuture(Match.none(JwtOutcome.UNAVAILABLE)));
  }

  private Future<Match> among(List<VerificationKey> keys, CompactToken token) {
    List<VerificationKey> named = keys.stream().filter(key -> key.isNamedBy(token)).toList();
    if (named.isEmpty()) {
      return Future.succeededFuture(Match.none(JwtOutcome.UNKNOWN_KEY));
    }
    List<VerificationKey> fitting =
        named.stream().filter(key -> key.isFor(token)).limit(MAX_TRIES).toList();
    if (fitting.isEmpty()) {
      return Future.succeededFuture(Match.none(JwtOutcome.ALGORITHM));
    }
    if (fitting.stream().noneMatch(VerificationKey::isSlow)) {
      return Future.succeededFuture(tried(fitting, token));
    }
    Optional<Future<Match>> beside = workers.submit(() -> tried(fitting, token));
    return beside.orElseGet(
        () -> Future.succeededFuture(Match.none(JwtOutcome.UNAVAILABLE)));
  }

  private static Match tried(List<VerificationKey> fitting, CompactToken token) {
    for (VerificationKey key : fitting) {
      if (key.verifies(token)) {
        return new Match(key, JwtOutcome.ADMITTED);
      }
    }
    return Match.none(JwtOutcome.SIGNATURE);
  }
}
