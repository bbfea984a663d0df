package dev.parley.identity;

/** Why a client was not admitted: the label of the metric, the status, and a text for the client. */
public enum Denial {
  /** No policy of the gate has found a credential. */
  NO_CREDENTIAL(401, "a credential is required"),
  /** The credential cannot be read, or its signature is wrong. */
  BAD_CREDENTIAL(401, "the credential is not valid"),
  /** The credential has expired, or is not valid yet. */
  EXPIRED(401, "the credential has expired or is not valid yet"),
  /** The credential is for another issuer, audience, or realm. */
  FOREIGN_CREDENTIAL(403, "the credential is not for this place"),
  /** The client is known, and is not allowed in. */
  FORBIDDEN(403, "access is denied"),
  /** The policy cannot decide now, as it cannot ask its issuer or application. */
  UNAVAILABLE(503, "access cannot be checked now");

  private final int status;
  private final String text;

  Denial(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** The status of an HTTP response. */
  public int status() {
    return status;
  }

  /** A few words for the client. */
  public String text() {
    return text;
  }
}
