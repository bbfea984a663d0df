package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.IdPolicy;
import dev.parley.config.Secret;
import dev.parley.identity.IdPattern;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.QueryPolicy;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What PeerJS clients may do that a policy has admitted, over real sockets. */
@ParameterizedClass
@EnumSource
class PeerJsAccessTest {

  private static final String OPEN = "{'type':'OPEN'}";
  private static final int SUPERSEDED = 4001;
  /** The take-overs that each node grants at once. */
  private static final int FREE = 3;
  private static final int EXPIRED = 4004;
  private static final int WITHOUT_CODE = 1005;
  private static final String NOT_ALLOWED =
      "{'type':'ERROR','payload':{'msg':'You may not use this id'}}";

  private final PeerJsClockedProvider clock = new PeerJsClockedProvider();
  private final Spread spread;
  private Gateways gateways;
  private Stage stage;

  PeerJsAccessTest(Spread spread) {
    this.spread = spread;
    start(IdPolicy.ANY);
  }

  private void start(IdPolicy ids) {
    gateways = spread.start(() -> GatewayFixture.gateway().provider(clock)
        .gates(QueryPolicy.gates(ids)).dialect("peerjs", "/", Map.of("allow_discovery", true)));
    stage = gateways.stage("access");
  }

  private void restart(IdPolicy ids) {
    stop();
    start(ids);
  }

  @AfterEach
  void stop() {
    stage.close();
    gateways.close();
  }

  private Actor connects(String who, String id, String token, String query) {
    return stage.actor(who)
        .connects("/peerjs?key=peerjs&id=" + id + "&token=" + token + "&" + query);
  }

  @Test
  void givenASubject_whenItsPageIsReloaded_thenTheNewOneHasTheIdAtOnceWhateverItsToken() {
    Actor first = connects("first", "<alice>", "one", "as=<alice>").gets(OPEN);

    Actor second = connects("second", "<alice>", "two", "as=<alice>").gets(OPEN);

    first.isClosed(SUPERSEDED);
    second.vanishes();
    connects("third", "<alice>", "three", "as=<alice>").gets(OPEN).isStillConnected();
  }

  @Test
  void givenASubject_whenAnotherOneClaimsItsIdWithTheSameToken_thenItIsTaken() {
    Actor first = connects("first", "<alice>", "one", "as=<alice>").gets(OPEN);

    connects("second", "<alice>", "one", "as=mallory&ids=*")
        .gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}").isClosed(WITHOUT_CODE);
    connects("third", "<alice>", "one", "ids=*")
        .gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}").isClosed(WITHOUT_CODE);

    first.isStillConnected();
  }

  @Test
  void givenPagesOfOneSubjectThatFight_whenTheyHaveDifferentTokens_thenTheyAreDampedAllTheSame() {
    for (int i = 0; i <= FREE * gateways.nodes().size(); i++) {
      connects("page" + i, "<alice>", "token" + i, "as=<alice>").gets(OPEN);
    }

    connects("last", "<alice>", "another", "as=<alice>").getsNothingMore().isStillConnected();
  }

  @Test
  void givenAnIdThatIsNotTheClients_whenItConnects_thenItIsToldSoAndClosed() {
    for (String id : List.of("<bob>", "<alice>2", "%61ccess", "<alice>%00", "*")) {
      Actor actor = connects("client " + id, id, "one", "as=<alice>");
      if (id.contains("%00")) {
        actor.gets(1).isClosed(WITHOUT_CODE);
      } else {
        actor.gets(NOT_ALLOWED).isClosed(WITHOUT_CODE);
      }
    }
  }

  @Test
  void givenAPeerThatMayNotBeSentTo_whenItIsCalled_thenTheCallExpiresOnceAndAtOnce() {
    Actor hidden = connects("hidden", "<hidden>", "one", "ids=*").gets(OPEN);
    Actor alice = connects("alice", "<alice>", "one", "as=<alice>").gets(OPEN);

    alice.sends("{'type':'OFFER','dst':'<hidden>','payload':1}",
        "{'type':'CANDIDATE','dst':'<hidden>','payload':2}");

    alice.gets("{'type':'EXPIRE','src':'<hidden>','dst':'<alice>'}").getsNothingMore();
    hidden.getsNothingMore();
    hidden.sends("{'type':'OFFER','dst':'<alice>','payload':3}");
    alice.gets("{'type':'OFFER','src':'<hidden>','dst':'<alice>','payload':3}");
  }

  @Test
  void givenACredentialThatExpires_whenItDoes_thenTheConnectionEndsAndTheIdIsTheSubjects() {
    connects("alice", "<alice>", "one", "as=<alice>&for=1500").gets(OPEN)
        .isClosed(EXPIRED, "credential expired");

    connects("bob", "<alice>", "one", "as=bob&ids=*").gets(1).isClosed(WITHOUT_CODE);
    connects("again", "<alice>", "two", "as=<alice>").gets(OPEN).isStillConnected();
  }

  @Test
  void givenIdsOfTheServerOnly_whenClientsConnect_thenTheyNeedOne() {
    restart(new IdPolicy(new Secret("a secret for tests"), List.of(), List.of(), List.of()));
    String given = HttpProbe.get(gateways.first().httpUri("/peerjs/id")).body();

    connects("own", "<alice>", "one", "x=y").gets(NOT_ALLOWED).isClosed(WITHOUT_CODE);
    connects("given", given, "one", "x=y").gets(OPEN);
    connects("named", "<alice>", "one", "as=<alice>").gets(OPEN);
  }

  @Test
  void givenUnlistedPeers_whenPeersAreListed_thenTheyAreLeftOutAndHiddenOnesToo() {
    restart(new IdPolicy(null, List.of(), List.of(), List.of(new IdPattern("*bot"))));
    connects("alice", "<alice>", "one", "x=y").gets(OPEN);
    connects("bot", "<bot>", "one", "x=y").gets(OPEN);
    connects("hidden", "<hidden>", "one", "x=y").gets(OPEN);
    gateways.settle();

    assertThat(HttpProbe.get(gateways.first().httpUri("/peerjs/peers")).body())
        .isEqualTo(stage.resolve("[\"<alice>\"]"));
  }
}
