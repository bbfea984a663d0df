package dev.parley.policies.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.testkit.waits.Waits;

/** Asks policies about clients, and says what is expected of them. */
public final class Verdicts {

  private Verdicts() {}

  /** The verdict of a policy on a client. */
  public static Verdict on(Policy policy, Requests client) {
    return Waits.join("a verdict", policy.authenticate(client.handshake()));
  }

  /** The identity of a client that is admitted. */
  public static Identity admitted(Policy policy, Requests client) {
    Verdict verdict = on(policy, client);
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    return ((Verdict.Admitted) verdict).identity();
  }

  /** Expects that a client is denied. */
  public static void denied(Policy policy, Requests client, Denial denial) {
    assertThat(on(policy, client)).isEqualTo(new Verdict.Denied(denial));
  }

  /** Expects that a client shows nothing that the policy reads. */
  public static void unknown(Policy policy, Requests client) {
    assertThat(on(policy, client)).isInstanceOf(Verdict.NoCredential.class);
  }
}
