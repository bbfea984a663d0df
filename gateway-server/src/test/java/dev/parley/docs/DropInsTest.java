package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.Stage;
import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each drop-in configuration of conf/, in use. */
@Timeout(180)
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

  /** The URL of the clients' port, without a path. */
  private URI serverOf(ParleyProcess parley) throws IOException {
    return URI.create("http://" + parley.awaitReady(home).of("peerolator").getAuthority());
  }

  @Test
  void givenAPeerolatorOfOurs_whenAServerAndAClientConnect_thenTheyTalkAndPartAsTheProtocolSays()
      throws IOException {
    try (ParleyProcess parley = start("peerolator-dropin.yaml");
        Stage stage =
            new Stage(serverOf(parley), "dropin")) {
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

  @Test
  void givenACallingServerOfOurs_whenAClientConnectsAnywhere_thenItIsGreetedAndJoinsARoom()
      throws IOException {
    try (ParleyProcess parley = start("calling-dropin.yaml");
        WireClient client =
            WireClient.connect(parley.awaitReady(home).socket("calling", "/signaling"))) {
      client.text("{\"type\":\"room_join\",\"room\":\"r\",\"tid\":0}");
      List<String> told = client.awaitTexts(2);
      assertThat(told.getFirst()).contains("\"hello\"", "\"calling-signaling 1.0\"");
      assertThat(told.getLast()).isEqualTo(
          "{\"type\":\"answer\",\"tid\":0,"
              + "\"data\":{\"room\":\"r\",\"peers\":{},\"status\":{}}}");
    }
  }

  @Test
  void givenAMixedFleet_whenAPeerOfEachPortCallsTheNext_thenEachIsReached() throws IOException {
    try (
        ParleyProcess parley =
            ParleyProcess.start(
                home,
                ParleyProcess.onFreePorts(
                    "--config", CONF.resolve("mixed-fleet.yaml").toString(),
                    "--set", "listeners.1.port=0", "--set", "listeners.1.host=127.0.0.1",
                    "--set", "listeners.2.port=0", "--set", "listeners.2.host=127.0.0.1",
                    "--set", "listeners.3.port=0", "--set", "listeners.3.host=127.0.0.1"))) {
      ParleyProcess.Ready ready = parley.awaitReady(home);
      try (
          WireClient pia =
              WireClient.connect(ready.socket("peerjs", "/peerjs?key=peerjs&token=t&id=pia"));
          WireClient lea = WireClient.connect(ready.socket("linkup", "/"));
          WireClient sara = WireClient.connect(ready.socket("peerolator", "/server"));
          WireClient carl = WireClient.connect(ready.socket("calling", "/"))) {
        assertThat(carl.awaitTexts(1).getFirst()).contains("\"hello\"");
        lea.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"lea\"}}");
        lea.awaitTexts(1);
        String hello = sara.awaitTexts(1).getFirst();
        String server = hello.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        String sdp = "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n";

        pia.text(
            "{\"type\":\"OFFER\",\"dst\":\"lea\",\"payload\":{\"connectionId\":\"dc_1\",\"sdp\":"
                + "{\"type\":\"offer\",\"sdp\":\"" + sdp + "\"}}}");
        assertThat(lea.awaitTexts(2).getLast()).contains("\"from\":\"pia\"", "\"offer\"");
        lea.text(
            "{\"method\":\"signal\",\"params\":{\"from\":\"lea\",\"to\":\"" + server
                + "\",\"signal\":{\"type\":\"offer\",\"sdp\":\"" + sdp + "\"}}}");
        assertThat(sara.awaitTexts(3).get(1)).contains("PEER_JOINED", "lea");
        sara.text(
            "{\"to\":\"pia\",\"type\":\"OFFER\",\"message\":{\"type\":\"offer\",\"sdp\":\"" + sdp
                + "\",\"conversation\":\"c\"}}");
        assertThat(pia.awaitTexts(2).getLast()).contains("\"src\":\"" + server, "\"c\"");
      }
    }
  }

  private ParleyProcess node(String name, RedisServer redis) throws IOException {
    return ParleyProcess.start(
        Files.createDirectory(home.resolve(name)),
        ParleyProcess.onFreePorts(
            "--config", CONF.resolve("cluster.yaml").toString(),
            "--set", "cluster.redis=" + redis.url().uri()));
  }

  @Test
  void givenTwoNodesOfACluster_whenAClientOfOneCallsAClientOfTheOther_thenItIsReached()
      throws IOException {
    try (RedisServer redis = RedisServer.start();
        ParleyProcess one = node("one", redis);
        ParleyProcess two = node("two", redis)) {
      ParleyProcess.Ready first = one.awaitReady(home.resolve("one"));
      ParleyProcess.Ready second = two.awaitReady(home.resolve("two"));
      try (
          WireClient anna =
              WireClient.connect(first.socket("peerjs", "/peerjs?key=peerjs&token=t&id=anna"));
          WireClient bert =
              WireClient.connect(second.socket("peerjs", "/peerjs?key=peerjs&token=t&id=bert"))) {
        anna.awaitTexts(1);
        bert.awaitTexts(1);
        anna.text("{\"type\":\"OFFER\",\"dst\":\"bert\",\"payload\":{}}");
        assertThat(bert.awaitTexts(2).getLast()).contains("OFFER", "\"src\":\"anna\"");
        int management = first.of("management").getPort();
        assertThat(
            HttpProbe.get(URI.create("http://127.0.0.1:" + management + "/health/ready")).status())
            .isEqualTo(200);
      }
    }
  }
}
