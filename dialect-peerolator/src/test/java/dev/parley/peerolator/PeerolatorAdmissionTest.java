package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Handshake;
import dev.parley.dialect.ServerIds;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.TextEncoder;
import dev.parley.identity.Identity;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Arrivals whose id is not granted. */
class PeerolatorAdmissionTest {

  private final List<PeerAddress> claimed = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  /** Each claim is answered at once, by {@code answer}. */
  private void arrive(Function<PeerAddress, ClaimOutcome> answer) {
    arrive(Identity.ANYONE, answer);
  }

  private void arrive(Identity identity, Function<PeerAddress, ClaimOutcome> answer) {
    new PeerolatorAdmission("acme", PeerolatorIdGenerator.STRONG, ServerIds.USUAL)
        .admit(new Arrival() {
          @Override
          public Handshake handshake() {
            return new Handshake(Map.of(), Map.of()).of(identity);
          }

          @Override
          public void claim(Claim claim, Consumer<ClaimOutcome> outcome) {
            claimed.add(claim.address());
            outcome.accept(answer.apply(claim.address()));
          }

          @Override
          public void admit(Function<SessionContext, Session> session) {
            log.add("admitted");
          }

          @Override
          public <T> void refuse(T lastWords, TextEncoder<T> encoder, CloseReason reason) {
            log.add("refused with words");
          }

          @Override
          public void refuse(CloseReason reason) {
            log.add("refused " + reason);
          }

          @Override
          public void refuse(CloseReason reason, String text) {
            log.add("refused " + reason + " " + text);
          }
        }, (context, self) -> {
          throw new AssertionError("no context here");
        });
  }

  @Test
  void givenAFreeId_whenSomebodyArrives_thenItIsLetIn() {
    arrive(id -> new ClaimOutcome.Granted(id, false));

    assertThat(log).containsExactly("admitted");
    assertThat(claimed).singleElement().matches(id -> id.realm().equals("acme"));
  }

  @Test
  void givenAnIdThatIsTaken_whenSomebodyArrives_thenItGetsAnother() {
    arrive(id -> claimed.size() < 3
        ? new ClaimOutcome.Taken(id)
        : new ClaimOutcome.Granted(id, false));

    assertThat(log).containsExactly("admitted");
    assertThat(claimed).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void givenThatAllIdsAreTaken_whenSomebodyArrives_thenItIsRefusedAfterSomeAttempts() {
    arrive(ClaimOutcome.Taken::new);

    assertThat(log).containsExactly("refused UNAVAILABLE");
    assertThat(claimed).hasSize(5);
  }

  @Test
  void givenAnIdentityWithOneId_whenItArrives_thenItClaimsThatOne() {
    arrive(Identity.of("alice"), id -> new ClaimOutcome.Granted(id, false));

    assertThat(log).containsExactly("admitted");
    assertThat(claimed).containsExactly(new PeerAddress("acme", "alice"));
  }

  @Test
  void givenAnIdentityWithOneId_whenItIsTaken_thenThereIsNoOther() {
    arrive(Identity.of("alice"), ClaimOutcome.Taken::new);

    assertThat(log).containsExactly("refused ID_TAKEN");
    assertThat(claimed).hasSize(1);
  }

  @Test
  void givenAnIdThatIsForbidden_whenAPeerArrives_thenItIsRefusedAtOnce() {
    arrive(ClaimOutcome.Forbidden::new);

    assertThat(log).containsExactly("refused REFUSED");
    assertThat(claimed).hasSize(1);
  }

  @Test
  void givenAHubThatCannotTell_whenSomebodyArrives_thenItIsRefused() {
    arrive(ClaimOutcome.Unavailable::new);

    assertThat(log).containsExactly("refused UNAVAILABLE");
  }

  @Test
  void givenIdsThatAreNotAllowed_whenSomebodyArrives_thenItIsRefused() {
    arrive(id -> new ClaimOutcome.Invalid(id, "longer than 16 characters"));

    assertThat(log).containsExactly("refused UNAVAILABLE");
  }
}
