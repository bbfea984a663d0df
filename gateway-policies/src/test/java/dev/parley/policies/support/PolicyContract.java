package dev.parley.policies.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * What every policy must keep to: for any request it answers with a verdict and throws nothing, an
 * event loop does not wait for it, its text has no secret, and it can be made and closed unused.
 */
public abstract class PolicyContract {

  /** In no text that a policy shows. */
  protected static final String SECRET = "tHe-SeCrEt-0f-the-p0licy-under-t3st";

  private static Vertx vertx;

  private Policy policy;

  /** A new policy, whose options have {@link #SECRET} in all places that may have one. */
  protected abstract Policy create(PolicyContext context);

  @BeforeContainer
  static void open() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)
        // A warning of a loop that waits is printed; the tests below look at the loop itself.
        .setMaxEventLoopExecuteTime(10).setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS));
  }

  @AfterContainer
  static void shut() {
    var unused = Waits.join("the end", vertx.close());
  }

  @BeforeTry
  void start() {
    if (policy == null) {
      policy = made();
      var unused = Waits.join("the start", policy.start());
    }
  }

  private Policy made() {
    return create(new PolicyContext("default", vertx, new CountedEvents(), new TestClock()));
  }

  @Provide
  Arbitrary<String> credentials() {
    Arbitrary<String> part = Arbitraries.strings().withCharRange('0', 'z').ofMaxLength(40);
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Combinators.combine(part, part, part).as((a, b, c) -> a + "." + b + "." + c),
        Arbitraries.of("", ".", "..", "a.b.c", "Bearer ", SECRET, "\ud800", "\u0000",
            "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "x".repeat(20_000),
            ("a".repeat(5_000) + ".").repeat(2) + "b"));
  }

  @Provide
  Arbitrary<Requests> clients() {
    Arbitrary<String> texts = credentials();
    return Combinators.combine(texts, texts, texts, texts, Arbitraries.of(true, false))
        .as((query, header, cookie, offer, trusted) -> {
          Requests client = Requests.BARE.query("token", query).query(header, query)
              .header("Authorization", "Bearer " + header, header).header("Cookie", cookie)
              .cookie("token", cookie).offering("parley.bearer", offer);
          return trusted ? client.ofTrustedPage() : client;
        });
  }

  @Property(tries = 300)
  void givenAnyRequest_whenAPolicyLooksAtIt_thenItHasAVerdict(
      @ForAll("clients") Requests client) {
    assertThat(Verdicts.on(policy, client)).isInstanceOf(Verdict.class);
  }

  @Example
  void givenRequestsOnAnEventLoop_whenAPolicyLooksAtThem_thenTheCallsReturnAtOnce() {
    Promise<List<Future<Verdict>>> called = Promise.promise();
    vertx.getOrCreateContext().runOnContext(now -> called.complete(
        Set.of("", "a.b.c", SECRET).stream()
            .map(text -> policy.authenticate(Requests.BARE.query("token", text).handshake()))
            .toList()));

    // All were asked within one task of the loop; each has a verdict in the end.
    for (Future<Verdict> each : Waits.join("the calls", called.future())) {
      assertThat(Waits.join("a verdict", each)).isNotNull();
    }
  }

  @Example
  void givenAPolicy_whenItIsShown_thenItsTextHasNoSecret() {
    assertThat(policy.toString()).doesNotContain(SECRET).doesNotContain("@");
  }

  @Example
  void givenAPolicyThatIsNeverStarted_whenItIsClosed_thenThatSucceeds() {
    Policy unused = made();

    assertThatCode(() -> Waits.join("the end", unused.close())).doesNotThrowAnyException();
  }
}
