package dev.parley.access;

import dev.parley.identity.Denial;

/** The decision of a gate on a client. */
public sealed interface Admission {

  /** The client may connect. */
  record Admitted(Access access) implements Admission {}

  /** The client is refused. */
  record Denied(Denial denial) implements Admission {}
}
