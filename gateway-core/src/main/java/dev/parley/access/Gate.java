package dev.parley.access;

import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of a realm: its policies are asked in order, and the first one that knows the client
 * decides. A banned client is denied whatever they would say, and one whose credential has expired.
 * Thread-safe.
 *
 * @param entries the policies; none for a realm that is open
 * @param bans the bans of the node
 * @param clock the time for expiries
 */
public record Gate(List<Entry> entries, Bans bans, InstantSource clock) {

  /** The gate of a realm that is open. */
  public static final Gate OPEN = new Gate(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /**
   * A policy of a gate.
   *
   * @param name the name in the configuration
   */
  public record Entry(String name, Policy policy) {}

  public Gate {
    entries = List.copyOf(entries);
  }

  /** A gate without bans. */
  public Gate(List<Entry> entries) {
    this(entries, Bans.NONE, InstantSource.system());
  }

  /** The same gate with the bans of a node. */
  Gate with(Bans nodes, InstantSource time) {
    return new Gate(entries, nodes, time);
  }

  /** Whether every client may come in, without being asked anything. */
  public boolean isOpen() {
    return entries.isEmpty() && bans.isEmpty();
  }

  /** Decides on a client; never fails. Completes on the thread of the policy that decides. */
  public Future<Admission> admit(Handshake handshake) {
    if (bans.banAddress(handshake.request().realm(), handshake.request().remoteAddress())) {
      return denied(Denial.FORBIDDEN);
    }
    return entries.isEmpty() ? Future.succeededFuture(new Admission.Admitted(Access.OPEN))
        : ask(0, handshake);
  }

  private Future<Admission> ask(int number, Handshake handshake) {
    if (number == entries.size()) {
      return denied(Denial.NO_CREDENTIAL);
    }
    Entry entry = entries.get(number);
    return verdictOf(entry, handshake).compose(verdict -> switch (verdict) {
      case Verdict.Admitted(Identity identity) -> admitted(entry, identity, handshake);
      case Verdict.Denied(Denial denial) -> denied(denial);
      case Verdict.NoCredential none -> ask(number + 1, handshake);
    });
  }

  private Future<Admission> admitted(Entry entry, Identity identity, Handshake handshake) {
    if (identity.expiry() != null && !identity.expiry().isAfter(clock.instant())) {
      return denied(Denial.EXPIRED);
    }
    return bans.banSubject(handshake.request().realm(), identity.subject())
        ? denied(Denial.FORBIDDEN)
        : Future.succeededFuture(new Admission.Admitted(new Access(identity, entry.policy)));
  }

  private static Future<Verdict> verdictOf(Entry entry, Handshake handshake) {
    Future<Verdict> verdict;
    try {
      verdict = entry.policy.authenticate(handshake);
    } catch (RuntimeException defect) {
      verdict = Future.failedFuture(defect);
    }
    return verdict.otherwise(failure -> {
      // Without the failure's text, which may hold the credential.
      LOG.warn("a policy has failed, and its client is refused: policy={} dialect={} failure={}",
          entry.name, handshake.request().dialect(), failure.getClass().getName());
      return Verdict.denied(Denial.UNAVAILABLE);
    });
  }

  private static Future<Admission> denied(Denial denial) {
    return Future.succeededFuture(new Admission.Denied(denial));
  }
}
