package dev.parley.policy;

import dev.parley.identity.Denial;
import dev.parley.identity.Identity;

/** What a policy says of a client that wants to connect. */
public sealed interface Verdict {

  /** The client is known, and may connect. */
  record Admitted(Identity identity) implements Verdict {}

  /** The client must not connect, whatever the policies after this one would say. */
  record Denied(Denial denial) implements Verdict {}

  /** The client shows nothing that this policy reads; the next one is asked. */
  record NoCredential() implements Verdict {}

  /** A denial as a verdict. */
  static Verdict denied(Denial denial) {
    return new Denied(denial);
  }
}
