package dev.parley.access;

import dev.parley.identity.Identity;
import dev.parley.policy.GroupTarget;
import dev.parley.policy.Policy;
import dev.parley.signal.Claim;
import dev.parley.signal.PeerAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An admitted client: who it is, and the policy that decides what it may do. A policy that throws
 * has denied.
 *
 * @param identity who the client is
 * @param policy the entry of the gate that has admitted it
 */
public record Access(Identity identity, Policy policy) {

  /** A client of a realm without a gate: it may do everything. */
  public static final Access OPEN = new Access(Identity.ANYONE, OpenPolicy.INSTANCE);

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  /** Whether no check is needed at all. */
  @SuppressWarnings("ReferenceEquality") // it is on the way of every signal
  public boolean isOpen() {
    return this == OPEN;
  }

  /** Whether the client may own an id. */
  public boolean mayClaim(PeerAddress address) {
    if (isOpen()) {
      return true;
    }
    try {
      return policy.mayClaim(identity, address);
    } catch (RuntimeException defect) {
      return denied(defect);
    }
  }

  /** Whether the client may send a signal from one of its ids to a peer. */
  public boolean maySend(PeerAddress from, PeerAddress to) {
    if (isOpen()) {
      return true;
    }
    try {
      return policy.maySend(identity, from, to);
    } catch (RuntimeException defect) {
      return denied(defect);
    }
  }

  /** Whether the client may take part in a group. */
  public boolean mayJoin(GroupTarget group) {
    if (isOpen()) {
      return true;
    }
    try {
      return policy.mayJoin(identity, group);
    } catch (RuntimeException defect) {
      return denied(defect);
    }
  }

  /**
   * The claim as the hub gets it. That of a subject has the token of the subject, whatever its
   * client has sent, so that the subject's newest session takes over.
   */
  public Claim claim(Claim asked) {
    String token = SubjectToken.of(identity, asked.token());
    return Objects.equals(token, asked.token()) ? asked
        : new Claim(asked.address(), token, asked.mayTakeFree());
  }

  /** Logged in full only once: a client may repeat the cause as often as it likes. */
  private boolean denied(RuntimeException defect) {
    if (REPORTED.add(policy.getClass().getName())) {
      LOG.error("a policy has failed, and denies: policy={}; please report this to its author",
          policy.getClass().getName(), defect);
    }
    return false;
  }
}
