package dev.parley.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a signal is delivered locally, from session to session, and when it must not be. */
class LocalRegistryTest {

  private static final PeerAddress BOB = new PeerAddress("default", "bob");

  private final LocalRegistry localRegistry =
      new LocalRegistry("node", new EpochCounter(), new StaleOwners(), this::sendRemotely);
  private final Session alice = new Session();
  private final Session bob = new Session();
  private final List<Signal> away = new ArrayList<>();
  private final List<RemoteSend> inFlight = new ArrayList<>();
  private @Nullable RuntimeException defect;
  private final List<PendingClaim> claims = new ArrayList<>();

  private static final class Session implements Recipient {

    private final List<Signal> got = new ArrayList<>();

    @Override
    public String dialect() {
      return "test";
    }

    @Override
    public void deliver(Delivery delivery) {
      if (delivery instanceof Signal signal) {
        got.add(signal);
      }
    }
  }

  @Test
  void givenAnOwnerWhoseClaimIsAnswered_whenSignalled_thenItIsDeliveredLocally() {
    owns(0);

    Signal signal = send(1);

    assertThat(bob.got).containsExactly(signal);
    assertThat(away).isEmpty();
  }

  @Test
  void givenAClaimWithoutAnAnswer_whenSignalled_thenItIsSentThroughRedis() {
    claims();

    Signal signal = send(1);

    assertThat(bob.got).isEmpty();
    assertThat(away).containsExactly(signal);
  }

  @Test
  void givenASignalInFlight_whenItHasReturned_thenTheNextIsDeliveredLocally() {
    owns(1);
    Signal first = send(1);
    localRegistry.mailArrived(claims.getFirst().registration());
    Signal second = send(2);
    assertThat(away).containsExactly(first, second);

    localRegistry.returned(BOB, localRegistry.mark());
    localRegistry.returned(BOB, localRegistry.mark());
    Signal third = send(3);

    assertThat(bob.got).containsExactly(third);
  }

  @Test
  void givenASignalRoutedAway_whenTheLossIsNotYetKnown_thenTheNextFollowsIt() {
    owns(1);
    Signal first = send(1);
    localRegistry.mailArrived(claims.getFirst().registration());

    inFlight.getFirst().routedAway();
    Signal second = send(2);

    assertThat(bob.got).isEmpty();
    assertThat(away).containsExactly(first, second);
  }

  @Test
  void givenASignalRoutedAwayBeforeTheClaim_whenItIsAnswered_thenLocalDeliveryIsOpen() {
    claims();
    Signal first = send(1);
    localRegistry.granted(claims.getFirst().registration(), true, 0);

    inFlight.getFirst().routedAway();
    localRegistry.confirmed(claims.getFirst());
    Signal second = send(2);

    assertThat(away).containsExactly(first);
    assertThat(bob.got).containsExactly(second);
  }

  @Test
  void givenASignalThatCannotBeSubmitted_whenItHasFailed_thenLocalDeliveryIsOpenAgain() {
    owns(1);
    defect = new IllegalArgumentException("cannot be packed");
    assertThatThrownBy(() -> send(1)).isSameAs(defect);
    defect = null;
    localRegistry.mailArrived(claims.getFirst().registration());

    Signal next = send(2);

    assertThat(bob.got).containsExactly(next);
    assertThat(away).isEmpty();
  }

  /** Claims the id, and is granted it; so many held signals follow. */
  private void owns(int mails) {
    claims();
    PendingClaim claim = claims.getFirst();
    localRegistry.granted(claim.registration(), false, mails);
    localRegistry.confirmed(claim);
  }

  private void claims() {
    localRegistry.claim(bob, Claim.of(BOB), claims::add);
  }

  private static Signal signal(int number) {
    return new Signal(
        SignalKind.CUSTOM, new PeerAddress("default", "alice"), BOB, "test", "N", Bytes.EMPTY,
        number);
  }

  private Signal send(int number) {
    Signal signal = signal(number);
    localRegistry.send(alice, signal, Duration.ZERO);
    return signal;
  }

  private boolean sendRemotely(
      Recipient sender, Signal signal, Duration hold, int epoch, @Nullable RemoteSend remoteSend) {
    if (defect != null) {
      throw defect;
    }
    if (remoteSend != null) {
      inFlight.add(remoteSend);
    }
    return away.add(signal);
  }
}
