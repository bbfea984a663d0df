package dev.parley.policies.jwt;

/** What a token says, or why it says nothing. */
sealed interface TokenReading {

  /** The token is signed, and its claims are those of a client. */
  record Fit(TokenClaims claims) implements TokenReading {}

  /** The token is refused. */
  record Unfit(JwtOutcome outcome) implements TokenReading {}
}
