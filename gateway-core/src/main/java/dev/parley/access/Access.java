package dev.parley.access;

import dev.parley.identity.Identity;
import dev.parley.policy.Policy;

/**
 * An admitted client: who it is, and the policy that decides what it may do.
 *
 * @param identity who the client is
 * @param policy the entry of the gate that has admitted it
 */
public record Access(Identity identity, Policy policy) {

  /** A client of a realm without a gate: it may do everything. */
  public static final Access OPEN = new Access(Identity.ANYONE, OpenPolicy.INSTANCE);

  /** Whether no check is needed at all. */
  public boolean isOpen() {
    return this == OPEN;
  }
}
