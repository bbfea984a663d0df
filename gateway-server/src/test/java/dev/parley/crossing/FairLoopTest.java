package dev.parley.crossing;

import static dev.parley.crossing.CallingWords.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.RoomCommand;
import dev.parley.group.RoomEvent;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Reply;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One event loop with very many events for a room, and a signal that arrives meanwhile. */
class FairLoopTest {

  private static final int EVENTS = 20_000;

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  /** The recipients of those who join rooms, in order. */
  private final Queue<Recipient> joined = new ConcurrentLinkedQueue<>();
  private boolean isFloodFromElsewhere;
  private final CompletableFuture<Double> signalsBeforeTheLastEvent = new CompletableFuture<>();
  @AutoClose private final GatewayFixture gateway;
  @AutoClose private final Stage stage;

  FairLoopTest() {
    gateway = GatewayFixture.gateway()
        .eventLoops(1)
        .groups(Flood::new)
        .dialect("peerjs", "/", Map.of())
        .dialect("calling")
        .start();
    stage = new Stage(gateway.httpUri(""), "fair");
  }

  /** Sends very many events to the user that leaves a room, after it has held the loop. */
  private final class Flood implements Groups {

    private final Groups real;

    Flood(Groups real) {
      this.real = real;
    }

    @Override
    public void command(Recipient requester, UserCommand command) {
      switch (command) {
        case RoomCommand.Join join -> joined.add(requester);
        case RoomCommand.Leave leave when isFloodFromElsewhere -> {
          held.countDown();
          Waits.await("the release of the loop", free);
        }
        case RoomCommand.Leave leave -> flood(requester);
        case UserCommand other -> {}
      }
      real.command(requester, command);
    }

    private void flood(Recipient recipient) {
      held.countDown();
      Waits.await("the release of the loop", free);
      for (int i = 0; i < EVENTS; i++) {
        recipient.deliver(new RoomEvent.Said("r", "a", "b", Bytes.utf8("1")));
      }
      recipient.deliver(new Reply(() -> signalsBeforeTheLastEvent.complete(
          gateway.metrics().get("parley.signals.delivered")
              .tags("from", "peerjs", "to", "peerjs", "kind", "offer").counter().count())));
    }

    @Override
    public void depart(Recipient owner, PeerAddress user) {
      real.depart(owner, user);
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

  @Test
  void givenALoopWithManyEventsToSay_whenASignalHasCome_thenItDoesNotWaitForAllOfThem() {
    Actor p = peerJs("p");
    Actor q = peerJs("q");
    Actor c = stage.actor("c").connects("/calling").gets(1).sends(join("r")).gets(1);

    c.sends(CallingWords.leave(1, "r"));
    Waits.await("the held loop", held);
    // It is in the gateway's socket when the loop resumes, but only there.
    p.sends("{'type':'OFFER','dst':'<q>','payload':{}}");
    free.countDown();

    q.gets(1);
    assertThat(Waits.join("the last event", signalsBeforeTheLastEvent))
        .isEqualTo(1);
    c.gets(EVENTS).gets("{'type':'answer','tid':1}");
  }

  /** What has come from other loops while this one was held, in the order in which it came. */
  @Test
  void givenManyEventsFromAnotherLoop_whenASignalForAnotherOneComesAfterThem_thenItWaitsForFew() {
    isFloodFromElsewhere = true;
    Actor c = stage.actor("c").connects("/calling").gets(1).sends(join("r")).gets(1);
    Actor d = stage.actor("d").connects("/calling").gets(1).sends(join("s")).gets(1);
    Recipient crowded = joined.remove();
    Recipient quiet = joined.remove();
    AtomicInteger events = new AtomicInteger();
    CompletableFuture<Integer> eventsBeforeTheOther = new CompletableFuture<>();

    d.sends(CallingWords.leave(1, "s"));
    Waits.await("the held loop", held);
    for (int i = 0; i < EVENTS; i++) {
      crowded.deliver(new RoomEvent.Said("r", "a", "b", Bytes.utf8("1")));
      crowded.deliver(new Reply(events::incrementAndGet));
    }
    quiet.deliver(new Reply(() -> eventsBeforeTheOther.complete(events.get())));
    free.countDown();

    assertThat(Waits.join("the event of the other", eventsBeforeTheOther))
        .isLessThan(EVENTS / 1000);
    c.gets(EVENTS);
    assertThat(events).hasValue(EVENTS);
  }
}
