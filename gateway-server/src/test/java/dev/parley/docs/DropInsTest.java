package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Stage;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of conf/ that put Parley in the place of another server, each of them in use. */
@Timeout(60)
class DropInsTest {

  private static final Path CONF = Path.of("..", "conf");

  @TempDir Path home;

  private ParleyProcess start(String file) throws IOException {
    return ParleyProcess.start(
        home, ParleyProcess.onFreePorts("--config", CONF.resolve(file).toString()));
  }

  @Test
  void givenAPeerServerOfOurs_whenAClientConnects_thenItIsOpen() throws IOException {
    try (ParleyProcess parley = start("peerjs-dropin.yaml");
        WireClient client =
            WireClient.connect(
                parley.awaitReady(home)
                    .socket("peerjs", "/peerjs?key=peerjs&token=t&id=anna"))) {
      assertThat(client.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
    }
  }

  @Test
  void givenALinkupBrokerOfOurs_whenAClientRegistersAtTheRoot_thenItIsRegistered()
      throws IOException {
    try (ParleyProcess parley = start("linkup-dropin.yaml");
        WireClient client = WireClient.connect(parley.awaitReady(home).socket("linkup", "/"))) {
      client.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"anna\"}}");
      assertThat(client.awaitTexts(1))
          .containsExactly("{\"id\":1,\"result\":\"anna\",\"error\":null}");
    }
  }

  @Test
  void givenAPeerolatorOfOurs_whenAServerAndAClientConnect_thenTheyTalkAndPartAsTheProtocolSays()
      throws IOException {
    try (ParleyProcess parley = start("peerolator-dropin.yaml");
        Stage stage =
            new Stage(parley.awaitReady(home).of("peerolator").resolve("/"), "dropin")) {
      Actor sara = stage.actor("sara").connects("/server");
      sara.gets("{'from':'0','to':'<?sara>','type':'HELLO','message':{'id':'<?sara>'}}");
      assertThat(stage.resolve("<sara>")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      Actor carl = stage.actor("carl").connects("/client/<sara>");
      carl.gets("{'from':'0','to':'<?carl>','type':'HELLO','message':{'id':'<?carl>'}}");
      sara.gets("{'from':'0','to':'<sara>','type':'PEER_JOINED','message':{'id':'<carl>'}}");
      carl.sends("{'from':'<carl>','to':'<sara>','type':'OFFER','message':{'sdp':'v=0'}}");
      sara.gets("{'from':'<carl>','to':'<sara>','type':'OFFER','message':{'sdp':'v=0'}}");
      sara.sends("{'to':'nobody','type':'OFFER','message':{'sdp':'v=0'}}").getsNothingMore();
      sara.leaves();
      carl.gets("{'from':'0','to':'<carl>','type':'PEER_GONE','message':{'id':'<sara>'}}")
          .isStillConnected();
    }
  }
}
