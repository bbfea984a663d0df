package dev.parley.policies.jwt;

import dev.parley.identity.Denial;
import org.jspecify.annotations.Nullable;

/** The outcome of looking at a client's token: the label of the metric, and the denial, if any. */
enum JwtOutcome {
  ADMITTED(null),
  /** Too long, nested too deep, a name twice, a header that needs to be understood. */
  MALFORMED(Denial.BAD_CREDENTIAL),
  /** An algorithm that is not accepted, or that the key is not for. */
  ALGORITHM(Denial.BAD_CREDENTIAL),
  UNKNOWN_KEY(Denial.BAD_CREDENTIAL),
  SIGNATURE(Denial.BAD_CREDENTIAL),
  /** A claim is missing, or is not of the type that it should be. */
  CLAIM(Denial.BAD_CREDENTIAL),
  EXPIRED(Denial.EXPIRED),
  NOT_YET_VALID(Denial.EXPIRED),
  ISSUER(Denial.FOREIGN_CREDENTIAL),
  AUDIENCE(Denial.FOREIGN_CREDENTIAL),
  REALM(Denial.FOREIGN_CREDENTIAL),
  /** There are no keys, or too much to verify. */
  UNAVAILABLE(Denial.UNAVAILABLE);

  private final @Nullable Denial denial;

  JwtOutcome(@Nullable Denial denial) {
    this.denial = denial;
  }

  @Nullable
  Denial denial() {
    return denial;
  }
}
