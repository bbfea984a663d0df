package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.RedisServer;
import dev.parley.testkit.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statements of docs/cluster.md about nodes that are killed, or hang and resume: with real
 * processes.
 */
@Tag("faults")
class ClusterProcessesTest {

  private static final Duration SOON = Duration.ofSeconds(45);

  /** A machine that stands still for a moment gets no node evicted. */
  private static final String LEASE = "cluster.lease=5s";

  /** Nor does it refuse clients. */
  private static final String NO_SHEDDING = "limits.overload.loopDelay=1h";

  private static final int ATTEMPTS = 5;

  @TempDir private Path folder;

  private final List<ParleyProcess> nodes = new ArrayList<>();
  private RedisServer redis;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    redis = RedisServer.start();
    List<URI> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path home = Files.createDirectory(folder.resolve("node" + i));
      servers.add(URI.create("http://" + startNode(home).of("peerolator").getAuthority()));
    }
    stage = new Stage(servers, () -> {}, "process");
  }

  /** A node does not retry at its start, and a busy machine is slow for a short lease. */
  private ParleyProcess.Ready startNode(Path home) throws IOException {
    for (int attempt = 1;; attempt++) {
      ParleyProcess node =
          ParleyProcess.start(
              home,
              ParleyProcess.onFreePorts(
                  "--redis", redis.url().uri().toString(), "--set", LEASE, "--set", NO_SHEDDING));
      try {
        ParleyProcess.Ready ready = node.awaitReady(home);
        nodes.add(node);
        return ready;
      } catch (AssertionError slow) {
        node.close();
        if (attempt == ATTEMPTS) {
          throw slow;
        }
      }
    }
  }

  @AfterEach
  void stop() {
    stage.close();
    nodes.forEach(ParleyProcess::close);
    redis.close();
  }

  private Actor connected(String name, String path) {
    return stage.actor(name).within(SOON).connects(path);
  }

  private Actor user(String name) {
    return connected(name, "/calling")
        .gets("{'type':'hello','id':'<?" + name + ">','server':'calling-signaling 1.0'}")
        .sends("{'type':'room_join','room':'r','tid':0}")
        .gets(1);
  }

  private Actor peer(String name, String id, String token) {
    return connected(name, "/peerjs?key=peerjs&id=<" + id + ">&token=" + token);
  }

  @Test
  void givenANodeThatIsKilled_whenItsLeaseIsOver_thenEverybodyWhoMustKnowIsTold() {
    Actor anna = user("anna");
    user("bert");
    anna.gets(1);
    Actor cleo = peer("cleo", "cleo", "t").gets("{'type':'OPEN'}");
    Actor sara = connected("sara", "/peerolator/server");
    sara.gets("{'from':'0','to':'<?sara>','type':'HELLO','message':{'id':'<?sara>'}}");
    Actor carl = connected("carl", "/peerolator/client/<sara>").gets(1);
    Actor dora = peer("dora", "dora", "t").gets("{'type':'OPEN'}");

    nodes.get(1).kill();
    cleo.sends("{'type':'OFFER','dst':'<dora>','payload':{'connectionId':'c'}}");

    dora.isClosed(Frame.LOST);
    anna.gets("{'type':'room_peer_rm','room':'r','user':'<bert>'}");
    carl.gets("{'from':'0','to':'<?carl>','type':'PEER_GONE','message':{'id':'<sara>'}}");
    cleo.gets("{'type':'EXPIRE','src':'<dora>','dst':'<cleo>'}").isStillConnected();
    // The id is reserved for its client, which reconnects to the remaining node.
    peer("again", "dora", "t").gets("{'type':'OPEN'}").isStillConnected();
  }

  @Test
  void givenANodeThatIsAskedToStop_whenItsClientsComeBack_thenWhatHasWaitedForThemArrives()
      throws InterruptedException {
    Actor ada = peer("ada", "ada", "t").gets("{'type':'OPEN'}");
    Actor pia = peer("pia", "pia", "t").gets("{'type':'OPEN'}");
    Actor anna = user("anna");
    Actor bert = user("bert");
    anna.gets(1);
    ada.sends("{'type':'OFFER','dst':'<pia>','payload':{'connectionId':'1'}}");
    pia.gets("{'type':'OFFER','src':'<ada>','dst':'<pia>','payload':{'connectionId':'1'}}");

    int exitCode = nodes.get(1).stop();

    pia.isClosed(1012);
    bert.isClosed(1012);
    anna.gets("{'type':'room_peer_rm','room':'r','user':'<bert>'}");
    ada.sends("{'type':'OFFER','dst':'<pia>','payload':{'connectionId':'2'}}");
    peer("pia again", "pia", "t")
        .gets("{'type':'OPEN'}",
            "{'type':'OFFER','src':'<ada>','dst':'<pia>','payload':{'connectionId':'2'}}")
        .sends("{'type':'ANSWER','dst':'<ada>','payload':{'connectionId':'2'}}");
    ada.gets("{'type':'ANSWER','src':'<pia>','dst':'<ada>','payload':{'connectionId':'2'}}");
    assertThat(exitCode).isZero();
  }

  @Test
  void givenANodeThatHangs_whenItGoesOnAfterItsLease_thenWhoLostTheIdIsSentAwayAndOthersAreNot() {
    Actor first = peer("ada", "ada", "t").gets("{'type':'OPEN'}");
    Actor held = peer("former", "pia", "t").gets("{'type':'OPEN'}");
    peer("bea", "bea", "t").gets("{'type':'OPEN'}");
    Actor other = peer("dan", "dan", "t").gets("{'type':'OPEN'}");
    Actor anna = user("anna");
    Actor bert = user("bert");
    anna.gets(1);

    nodes.get(1).hold();
    held.sends("{'type':'OFFER','dst':'<ada>','payload':{'connectionId':'late'}}");
    anna.gets("{'type':'room_peer_rm','room':'r','user':'<bert>'}");
    stage.awaits(
        "the id to be free",
        () -> {
          Actor next = stage.actor("pia");
          // Every second client would be on the node that hangs.
          next.connects("/peerjs?key=peerjs&id=<pia>&token=other");
          stage.skipsAServer();
          return next.client().awaitTexts(1).getFirst().contains("OPEN");
        });
    nodes.get(1).letGo();

    held.isClosed(Frame.WITHOUT_CODE);
    bert.isClosed(1012);
    other.isStillConnected();
    // Signals of the stale owner are not sent in the name of the new one.
    first.getsNothingMore().sends("{'type':'OFFER','dst':'<pia>','payload':{'connectionId':'c'}}");
    stage.actor("pia").within(SOON)
        .gets("{'type':'OPEN'}",
            "{'type':'OFFER','src':'<ada>','dst':'<pia>','payload':{'connectionId':'c'}}");
  }
}
