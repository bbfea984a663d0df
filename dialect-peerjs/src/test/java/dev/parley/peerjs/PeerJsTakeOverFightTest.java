package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayCluster;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that have one id and one token and want it all the time, over real sockets: on one node,
 * and on two, to which they connect by turns. The clock of take-overs stands still.
 */
@ParameterizedClass
@ValueSource(ints = {1, 2})
class PeerJsTakeOverFightTest {

  private static final String OPEN = "{'type':'OPEN'}";
  private static final int SUPERSEDED = 4001;
  private static final int FREE = 3;

  private final PeerJsClockedProvider clock = new PeerJsClockedProvider();
  private final int count;
  private final List<GatewayFixture> nodes;
  private final AutoCloseable gateways;
  private final Stage stage;
  private int connected;

  PeerJsTakeOverFightTest(int count) {
    this.count = count;
    if (count == 1) {
      GatewayFixture single = gateway().start();
      nodes = List.of(single);
      gateways = single;
      stage = new Stage(uris(), () -> {}, "fight");
    } else {
      GatewayCluster cluster = new GatewayCluster(count, this::gateway);
      nodes = cluster.nodes();
      gateways = cluster;
      stage = new Stage(uris(), cluster::settle, "fight");
    }
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
    gateways.close();
  }

  private GatewayFixture.Builder gateway() {
    return GatewayFixture.gateway().provider(clock)
        .dialect("peerjs", "/", Map.of("concurrent_limit", 4));
  }

  private List<URI> uris() {
    return nodes.stream().map(node -> node.httpUri("")).toList();
  }

  private Actor connects(String token) {
    return stage.actor("c" + connected++)
        .connects("/peerjs?key=peerjs&id=<alice>&token=" + token);
  }

  private Actor comes() {
    return connects("token");
  }

  /** The last owner of a fight that goes as far as it may at once. */
  private Actor fight() {
    Actor owner = comes().gets(OPEN);
    for (int i = 0; i < FREE * count; i++) {
      Actor next = comes().gets(OPEN);
      owner.isClosed(SUPERSEDED);
      owner = next;
    }
    return owner;
  }

  private double counted(String outcome) {
    return nodes.stream()
        .mapToDouble(
            node -> node.metrics().get("parley.peerjs.takeovers").tag("outcome", outcome).counter()
                .count())
        .sum();
  }

  private Actor bob() {
    return stage.actor("bob").connects("/peerjs?key=peerjs&id=<bob>&token=b").gets(OPEN);
  }

  @Test
  void givenAFight_whenTheNextComes_thenItWaitsAndTheOwnerIsNotDisturbed() {
    Actor owner = fight();

    Actor next = comes().getsNothingMore();
    next.sends("{'type':'HEARTBEAT'}").getsNothingMore().isStillConnected();
    bob().sends("{'type':'OFFER','dst':'<alice>','payload':1}");
    owner.gets("{'type':'OFFER','src':'<bob>','dst':'<alice>','payload':1}").isStillConnected();
    next.getsNothingMore();
    assertThat(counted("granted")).isEqualTo(FREE * count);
    assertThat(counted("delayed")).isEqualTo(1);
  }

  @Test
  void givenOneThatWaits_whenTheOwnerLeaves_thenItIsOpenAtOnce() {
    Actor owner = fight();
    Actor next = comes().getsNothingMore();
    owner.leaves();

    next.gets(OPEN);
    bob().sends("{'type':'OFFER','dst':'<alice>'}");
    next.gets("{'type':'OFFER','src':'<bob>','dst':'<alice>'}").getsNothingMore();
  }

  @Test
  void givenOneThatWaits_whenItsTimeHasCome_thenItTakesOver() {
    Actor owner = fight();
    Actor next = comes().getsNothingMore();
    clock.passes(Duration.ofSeconds(1));

    next.gets(OPEN);
    owner.isClosed(SUPERSEDED);
    assertThat(counted("granted")).isEqualTo(FREE * count + 1);
  }

  @Test
  void givenOneThatWaits_whenItHasCalledAlready_thenTheCallGoesOutWhenItIsOpen() {
    Actor owner = fight();
    Actor bob = bob();
    Actor next = comes().sends("{'type':'OFFER','dst':'<bob>','payload':1}",
        "{'type':'CANDIDATE','dst':'<bob>','payload':2}").getsNothingMore();
    bob.getsNothingMore();
    owner.leaves();

    next.gets(OPEN);
    bob.gets("{'type':'OFFER','src':'<alice>','dst':'<bob>','payload':1}",
        "{'type':'CANDIDATE','src':'<alice>','dst':'<bob>','payload':2}");
  }

  @Test
  void givenOneThatWaits_whenItGoesAway_thenTheOwnerStaysAndTheIdIsItsOwn() {
    Actor owner = fight();
    comes().getsNothingMore().leaves();
    clock.passes(Duration.ofMinutes(1));

    owner.isStillConnected().leaves();
    connects("another").gets(OPEN).getsNothingMore();
  }

  @Test
  void givenSeveralThatWait_whenTheOwnerLeaves_thenOneOfThemHasTheIdInTheEnd() {
    Actor owner = fight();
    Actor first = comes().getsNothingMore();
    Actor second = comes().getsNothingMore();
    owner.leaves();

    stage.awaits("one of them is open", () -> first.client().texts().size()
        + second.client().texts().size() > 0);
    connects("another").gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}");
  }

  @Test
  void givenAFight_whenAStrangerWantsTheId_thenItHearsAtOnceThatItIsTaken() {
    Actor owner = fight();

    connects("another").gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}");
    owner.isStillConnected();
  }

  /** The twin: time passes between the take-overs. */
  @Test
  void givenAClientThatComesBackNowAndThen_whenItDoes_thenItIsOpenAtOnce() {
    Actor owner = comes().gets(OPEN);
    for (int i = 0; i < 3 * FREE * count; i++) {
      clock.passes(Duration.ofSeconds(11));
      Actor next = comes().gets(OPEN);
      owner.isClosed(SUPERSEDED);
      owner = next;
    }

    assertThat(counted("delayed")).isZero();
  }

  /** Those that wait count against no limit, and leave nothing behind. */
  @Test
  void givenALimit_whenManyHaveWaitedAndGone_thenThereIsRoomForOthers() {
    fight();
    for (int i = 0; i < 8; i++) {
      comes().getsNothingMore().leaves();
    }

    for (int i = 0; i < 3; i++) {
      stage.actor("other" + i).connects("/peerjs?key=peerjs&id=<other" + i + ">&token=t")
          .gets(OPEN);
    }
  }
}
