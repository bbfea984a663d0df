package dev.parley.peerolator;

import static dev.parley.peerolator.PeerolatorStage.joined;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.QueryPolicy;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers and clients may do that a policy has admitted, over real sockets. */
@ParameterizedClass
@EnumSource
class PeerolatorAccessTest {

  private static final int SUPERSEDED = 4001;
  private static final int EXPIRED = 4004;
  private static final int REFUSED = 1008;

  private final Gateways gateways;
  private final Stage stage;

  PeerolatorAccessTest(Spread spread) {
    gateways = spread.start(() -> GatewayFixture.gateway().gates(QueryPolicy.gates())
        .dialect("peerolator", "/", Map.of()));
    stage = gateways.stage("access");
  }

  @AfterEach
  void stop() {
    stage.close();
    gateways.close();
  }

  private static String hello(String id) {
    return "{'from':'0','to':'" + id + "','type':'HELLO','message':{'id':'" + id + "'}}";
  }

  @Test
  void givenSubjectsWithOneId_whenTheyConnect_thenServersAndClientsHaveIt() {
    Actor sara = stage.actor("sara").connects("/server?as=<sara>").gets(hello("<sara>"));
    Actor carl =
        stage.actor("carl").connects("/client/<sara>?as=<carl>").gets(hello("<carl>"));
    sara.gets(joined("sara", "carl"));

    stage.actor("again").connects("/client/<sara>?as=<carl>").gets(hello("<carl>"));

    carl.isClosed(SUPERSEDED);
  }

  @Test
  void givenAnIdThatAClientMayNotHave_whenTheServerHasMadeIt_thenItIsClosed() {
    stage.actor("odd").connects("/server?as=odd&ids=odd-*").isClosed(REFUSED);
  }

  @Test
  void givenAServerThatMayNotBeSentTo_whenAClientWouldJoin_thenItIsUnknown() {
    stage.actor("hidden").connects("/server?as=<hidden>").gets(hello("<hidden>"));

    stage.actor("carl").connects("/client/<hidden>?as=<carl>")
        .isClosed(REFUSED, "there is no server with this id");
  }

  @Test
  void givenAServer_whenItsCredentialExpires_thenItEnds() {
    stage.actor("sara").connects("/server?as=<sara>&for=1500").gets(hello("<sara>"))
        .isClosed(EXPIRED);
  }
}
