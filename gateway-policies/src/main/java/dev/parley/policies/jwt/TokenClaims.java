package dev.parley.policies.jwt;

import dev.parley.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What remains of a token's claims when everything that does not depend on time and realm has been
 * checked.
 *
 * @param notBefore from when it is valid; null for always
 * @param expiry until when it is valid; null for ever
 * @param realms the realms that it is for; null for any
 * @param identity who the client is
 */
record TokenClaims(
    @Nullable Instant notBefore, @Nullable Instant expiry, @Nullable List<String> realms,
    Identity identity) {

  /** Whether they admit a client to a realm at a time. */
  JwtOutcome admit(String realm, Instant now, Duration leeway) {
    if (expiry != null && !now.isBefore(expiry.plus(leeway))) {
      return JwtOutcome.EXPIRED;
    }
    if (notBefore != null && now.plus(leeway).isBefore(notBefore)) {
      return JwtOutcome.NOT_YET_VALID;
    }
    return realms == null || realms.contains(realm) ? JwtOutcome.ADMITTED : JwtOutcome.REALM;
  }
}
