package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent;
import dev.parley.signal.Bytes;
import dev.parley.signal.Delivery;
import dev.parley.signal.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Participants are names here. */
class DeliveryBacklogTest {

  private final DeliveryBacklog<String> backlog = new DeliveryBacklog<>();
  private final List<String> handedOver = new ArrayList<>();

  private boolean takes(String host, Delivery delivery) {
    return backlog.takes(host, delivery);
  }

  private void gets(String host, int events) {
    for (int i = 1; i <= events; i++) {
      assertThat(takes(host, event(host + i))).isTrue();
    }
  }

  private static Delivery event(String name) {
    return new RoomEvent.Said("room", "from", name, Bytes.EMPTY);
  }

  private static Delivery status(String user, String status) {
    return new RoomEvent.PeerNews("room", new PeerChange.Changed(user, Bytes.utf8(status)));
  }

  private Reply reply(String name) {
    return new Reply(() -> handedOver.add(name));
  }

  private void handOver(int most) {
    int end = handedOver.size() + most;
    backlog.handOver((host, delivery) -> {
      switch (delivery) {
        case RoomEvent.Said said -> handedOver.add(said.name());
        case RoomEvent.PeerNews(String room, PeerChange.Changed now) ->
            handedOver.add(now.user() + " " + now.status().text());
        case Reply reply -> reply.told().run();
        default -> throw new AssertionError(delivery);
      }
    }, () -> handedOver.size() >= end);
  }

  @Test
  void givenNothingThatWaits_whenSomethingElseThanNewsOfGroupsComes_thenItNeedNotWait() {
    assertThat(takes("a", reply("reply"))).isFalse();
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void givenEventsThatWait_whenAReplyComes_thenItWaitsBehindThoseOfItsSessionHostAlone() {
    gets("a", 2);

    assertThat(takes("a", reply("reply"))).isTrue();
    assertThat(takes("b", reply("other"))).isFalse();
    handOver(3);

    assertThat(handedOver).containsExactly("a1", "a2", "reply");
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(takes("a", reply("reply"))).isFalse();
  }

  @Test
  void givenASessionHostWithMany_whenAnotherOneHasFew_thenItDoesNotWaitForAllOfThem() {
    gets("a", 1000);
    gets("b", 1);

    handOver(9);

    assertThat(handedOver).containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "b1");
    handOver(992);
    assertThat(handedOver).hasSize(1001).endsWith("a999", "a1000");
  }

  @Test
  void givenASliceThatIsOver_whenMoreComes_thenAllIsHandedOverInOrderInTheEnd() {
    gets("a", 10);
    handOver(8);
    gets("b", 10);
    assertThat(takes("a", reply("reply"))).isTrue();

    handOver(Integer.MAX_VALUE - handedOver.size());

    assertThat(handedOver.stream().filter(name -> !name.startsWith("b")))
        .containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "reply");
    assertThat(handedOver.stream().filter(name -> name.startsWith("b"))).hasSize(10);
  }

  @Test
  void givenAStatusThatWaits_whenTheNextOneOfTheSameUserComes_thenItAloneIsHandedOver() {
    takes("a", status("u", "1"));
    takes("a", status("u", "2"));
    takes("a", status("u", "3"));
    takes("b", status("u", "4"));

    handOver(10);

    assertThat(handedOver).containsExactly("u 3", "u 4");
    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.delayNanos(100)).isZero();
  }

  @Test
  void givenAStatusThatWaits_whenSomethingComesBetween_thenEachIsHandedOver() {
    takes("a", status("u", "1"));
    takes("a", status("v", "2"));
    takes("a", status("u", "3"));
    takes("a", event("said"));
    takes("a", status("u", "4"));

    handOver(10);

    assertThat(handedOver).containsExactly("u 1", "v 2", "u 3", "said", "u 4");
  }

  @Test
  void givenABacklogThatDoesNotGetShorter_whenItIsLookedAt_thenItsDelayGrows() {
    assertThat(backlog.delayNanos(100)).isZero();
    gets("a", 20);
    assertThat(backlog.delayNanos(200)).isZero();
    handOver(8);
    assertThat(backlog.delayNanos(300)).isEqualTo(100);
    gets("a", 20);
    handOver(16);
    // The first twenty have been handled, so what is queued has been added since.
    assertThat(backlog.delayNanos(400)).isZero();
    assertThat(backlog.delayNanos(500)).isEqualTo(100);
    handOver(100);
    assertThat(backlog.delayNanos(600)).isZero();
  }
}
