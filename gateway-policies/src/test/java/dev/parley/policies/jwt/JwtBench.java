package dev.parley.policies.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Secret;
import dev.parley.policies.support.CountedEvents;
import dev.parley.policies.support.Requests;
import dev.parley.policies.support.TestClock;
import dev.parley.policies.support.Verdicts;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A policy {@code jwt} and what surrounds it in a test.
 *
 * @param policy the policy, started
 * @param clock its clock
 * @param counts its metrics
 */
record JwtBench(Policy policy, TestClock clock, CountedEvents counts) {

  static final OptionsOf DEFAULT = new OptionsOf(JwtOptions.DEFAULT);
  static final OptionsOf SECRET = DEFAULT.secret(Signer.SECRET);

  static JwtBench of(Vertx vertx, OptionsOf options) {
    var clock = new TestClock();
    var counts = new CountedEvents();
    Policy policy = options.create(new PolicyContext("default", vertx, counts, clock));
    var unused = Waits.join("the start of a policy", policy.start());
    return new JwtBench(policy, clock, counts);
  }

  /** Claims that are right, but for those given. */
  Map<String, Object> claims(Map<String, ?> others) {
    Map<String, Object> claims = new TreeMap<>(Map.of(
        "sub", "anna", "exp", clock.instant().getEpochSecond() + 600));
    claims.putAll(others);
    return claims;
  }

  Map<String, Object> claims() {
    return claims(Map.of());
  }

  /** A client that shows a token in the query. */
  static Requests showing(String token) {
    return Requests.BARE.query("token", token);
  }

  void admits(String token) {
    var unused = Verdicts.admitted(policy, showing(token));
  }

  void denies(String token, JwtOutcome outcome) {
    long before = counts.of("gate.jwt.tokens", outcome.name().toLowerCase(Locale.ROOT));
    Verdicts.denied(policy, showing(token), outcome.denial());
    long after = counts.of("gate.jwt.tokens", outcome.name().toLowerCase(Locale.ROOT));
    assertThat(after).as("denials as " + outcome)
        .isEqualTo(before + 1);
  }

  /** Options, changed one at a time. */
  record OptionsOf(JwtOptions options) {

    OptionsOf secret(String text) {
      return with(o -> o.secret = new Secret(text));
    }

    Policy create(PolicyContext context) {
      return new JwtPolicyProvider().create(options, context);
    }

    OptionsOf with(Consumer<JwtOptionsChange> change) {
      var changed = new JwtOptionsChange(options);
      change.accept(changed);
      return new OptionsOf(changed.done());
    }
  }
}
