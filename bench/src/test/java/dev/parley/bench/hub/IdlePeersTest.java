package dev.parley.bench.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class IdlePeersTest {

  private static final int PEERS = 25_000;

  private final Set<String> claimed = new HashSet<>();
  private final AtomicReference<Recipient> last = new AtomicReference<>();

  @Test
  void givenAHubThatGrants_whenManyAreClaimed_thenAllOfThemAreThereWithIdsOfTheirOwn()
      throws InterruptedException {
    IdlePeers peers = new IdlePeers(hub(PEERS), 1);

    peers.claim(PEERS);

    assertThat(peers.size()).isEqualTo(PEERS);
    assertThat(claimed).hasSize(PEERS);
    peers.check(PEERS);
  }

  @Test
  void givenAHubThatRefusesOne_whenClaimed_thenThatIsAFailure() {
    assertThatThrownBy(() -> new IdlePeers(hub(9), 1).claim(10))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("9 claims of 10")
        .hasMessageContaining("Taken");
  }

  @Test
  void givenAPeerThatLosesItsId_whenLookedAt_thenThatIsAFailure() throws InterruptedException {
    IdlePeers peers = new IdlePeers(hub(10), 1);
    peers.claim(10);

    last.get().deliver(new IdLost(
        new PeerAddress(PeerAddress.DEFAULT_REALM, "any"), IdLost.Reason.TAKEN));

    assertThatThrownBy(() -> peers.check(10)).isInstanceOf(IllegalStateException.class);
  }

  /** One that grants so many claims and no more, and can do nothing else. */
  private Hub hub(int grants) {
    return (Hub) Proxy.newProxyInstance(Hub.class.getClassLoader(), new Class<?>[] {Hub.class},
        (proxy, method, arguments) -> {
          if (!method.getName().equals("claim")) {
            throw new UnsupportedOperationException(method.getName());
          }
          Claim claim = (Claim) arguments[1];
          boolean granted = claimed.size() < grants && claimed.add(claim.address().id());
          last.set((Recipient) arguments[0]);
          last.get().deliver(granted
              ? new ClaimOutcome.Granted(claim.address(), false)
              : new ClaimOutcome.Taken(claim.address()));
          return null;
        });
  }
}
