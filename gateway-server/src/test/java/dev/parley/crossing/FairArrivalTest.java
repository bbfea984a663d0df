package dev.parley.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.Hub;
import dev.parley.hub.Recipient;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.net.limits.Limits;
import dev.parley.signal.Claim;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One event loop that very many clients come to at once, and a signal that comes meanwhile. */
class FairArrivalTest {

  private static final int ARRIVALS = 200;
  private static final String HOLDER = "holder";

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final CompletableFuture<Double> signalsBeforeTheLastArrival = new CompletableFuture<>();
  private final List<Socket> arrivals = new ArrayList<>();
  @AutoClose private final GatewayFixture gateway;
  @AutoClose private final Stage stage;

  FairArrivalTest() {
    gateway = GatewayFixture.gateway()
        .eventLoops(1)
        .hub(HoldingHub::new)
        .dialect("peerjs", "/", Map.of())
        .start();
    stage = new Stage(gateway.httpUri(""), "fair");
  }

  /** Holds the loop when one client comes, and counts signals when the last one has come. */
  private final class HoldingHub implements Hub {

    private final Hub real;
    private final MeterRegistry metrics;
    private int arrived;

    HoldingHub(Vertx vertx, MeterRegistry metrics) {
      this.metrics = metrics;
      this.real = new LocalHub(vertx, Limits.DEFAULT.mailboxes(), Limits.DEFAULT.hold(),
          new SignalMetrics(metrics));
    }

    @Override
    public void claim(Recipient claimant, Claim claim) {
      String id = claim.address().id();
      if (id.equals(HOLDER)) {
        held.countDown();
        Waits.await("the release of the loop", free);
      } else if (id.startsWith("arrival") && ++arrived == ARRIVALS) {
        signalsBeforeTheLastArrival.complete(metrics.get("parley.signals.delivered")
            .tags("from", "peerjs", "to", "peerjs", "kind", "offer").counter().count());
      }
      real.claim(claimant, claim);
    }

    @Override
    public void release(Recipient owner, PeerAddress address) {
      real.release(owner, address);
    }

    @Override
    public void lose(Recipient owner, PeerAddress address) {
      real.lose(owner, address);
    }

    @Override
    public void send(Recipient sender, Signal signal, Duration hold) {
      real.send(sender, signal, hold);
    }

    @Override
    public void refuse(Signal signal, Undelivered.Cause cause) {
      real.refuse(signal, cause);
    }

    @Override
    public Future<Boolean> find(PeerAddress address) {
      return real.find(address);
    }

    @Override
    public Future<List<Peer>> list(String realm) {
      return real.list(realm);
    }

    @Override
    public void watch(Recipient watcher, PeerAddress watched) {
      real.watch(watcher, watched);
    }

    @Override
    public void unwatch(Recipient watcher, PeerAddress watched) {
      real.unwatch(watcher, watched);
    }

    @Override
    public Future<Void> close() {
      return real.close();
    }
  }

  private Actor peerJs(String name) {
    return stage.actor(name)
        .connects("/peerjs?key=peerjs&token=" + name + "&id=<" + name + ">")
        .gets("{'type':'OPEN'}");
  }

  /** Its handshake is in the gateway's socket when this returns, whatever the loop does. */
  private void arrives(String id) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    arrivals.add(socket);
    socket.getOutputStream().write(
        """
            GET /peerjs?key=peerjs&token=t&id=%s HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """
            .formatted(id).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void givenManyClientsThatComeAtOnce_whenASignalHasCome_thenItDoesNotWaitForAllOfThem()
      throws IOException {
    Actor p = peerJs("p");
    Actor q = peerJs("q");
    try {
      arrives(HOLDER);
      Waits.await("the held loop", held);
      for (int i = 0; i < ARRIVALS; i++) {
        arrives("arrival" + i);
      }
      Waits.until("all connections", () -> gateway.metrics().get("parley.connections.used").gauge()
          .value() >= ARRIVALS + 3);
      p.sends("{'type':'OFFER','dst':'<q>','payload':{}}");
      free.countDown();

      q.gets(1);
      assertThat(Waits.join("the last arrival", signalsBeforeTheLastArrival))
          .isEqualTo(1);
    } finally {
      free.countDown();
      for (Socket socket : arrivals) {
        socket.close();
      }
    }
  }
}
