package dev.parley.crossing;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayCluster;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A gateway with all dialects, of one node or of several, and clients of each. */
final class Fleet implements AutoCloseable {

  /** After that long a PeerJS client hears that nobody came. */
  static final int EXPIRY_MILLIS = 300;

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final Runnable end;
  private final List<GatewayFixture> nodes;
  private final Stage stage;

  /** What the gateway is made of. */
  enum Size {
    /** Everybody is connected to the same node. */
    ONE_NODE,
    /** Three nodes on one Redis, and every client on another one than those before it. */
    CLUSTER
  }

  private Fleet(
      Size size, Map<String, Object> peerJsOptions, Map<String, Object> linkupOptions) {
    Supplier<GatewayFixture.Builder> node =
        () -> GatewayFixture.gateway()
            .dialect("peerjs", "/", peerJsOptions)
            .dialect("linkup", linkupOptions)
            .dialect("peerolator");
    String prefix = "fleet" + SCENES.incrementAndGet();
    switch (size) {
      case ONE_NODE -> {
        GatewayFixture single = node.get().start();
        end = single::close;
        nodes = List.of(single);
        stage = new Stage(single.httpUri(""), prefix);
      }
      case CLUSTER -> {
        GatewayCluster cluster = new GatewayCluster(3, node);
        end = cluster::close;
        nodes = cluster.nodes();
        stage = new Stage(cluster.servers(), cluster::settle, prefix);
      }
      default -> throw new AssertionError(size);
    }
  }

  static Fleet of(Size size) {
    return with(size, Map.of());
  }

  /** A fleet whose PeerJS side has more options. */
  static Fleet with(Size size, Map<String, Object> more) {
    Map<String, Object> options = peerJsOptions();
    options.putAll(more);
    return new Fleet(size, options, Map.of());
  }

  /** A fleet in which offers wait longer than usual for linkup clients that have just asked. */
  static Fleet withGlareWait(Size size, String glareWait) {
    return new Fleet(size, peerJsOptions(), Map.of("glareWait", glareWait));
  }

  private static Map<String, Object> peerJsOptions() {
    return new HashMap<>(
        Map.of("expire_timeout", EXPIRY_MILLIS, "allow_discovery", true, "keys",
            Map.of("other", "elsewhere")));
  }

  Stage stage() {
    return stage;
  }

  Actor peerJs(String name) {
    return peerJs(name, "peerjs");
  }

  Actor peerJs(String name, String key) {
    return stage.actor(name)
        .connects("/peerjs?key=" + key + "&token=" + name + "&id=<" + name + ">")
        .gets("{'type':'OPEN'}");
  }

  Actor linkup(String name) {
    return stage.actor(name)
        .connects("/linkup")
        .sends("{'jsonrpc':'2.0','id':'r','method':'register','params':{'id':'<" + name + ">'}}")
        .gets("{'jsonrpc':'2.0','id':'r','result':'<" + name + ">','error':null}");
  }

  Actor oldLinkup(String name) {
    return stage.actor(name)
        .connects("/linkup")
        .sends("{'id':'r','message':{'type':'register','id':'<" + name + ">'}}")
        .gets("{'id':'r','message':'<" + name + ">','error':null}");
  }

  /** A Peerolator server; its id is learnt as {@code <name>}. */
  Actor server(String name) {
    return stage.actor(name)
        .connects("/peerolator/server")
        .gets("{'from':'0','to':'<?" + name + ">','type':'HELLO','message':{'id':'<?" + name
            + ">'}}");
  }

  /** A Peerolator client of {@code server}, which may be any peer. */
  Actor client(String name, String server) {
    return stage.actor(name)
        .connects("/peerolator/client/<" + server + ">")
        .gets("{'from':'0','to':'<?" + name + ">','type':'HELLO','message':{'id':'<?" + name
            + ">'}}");
  }

  /** The list of peers that a PeerJS client asks for. */
  String peers() {
    return HttpProbe.get(nodes.getFirst().httpUri("/peerjs/peers")).body();
  }

  /** How many signals of a pair and kind were counted. */
  double counted(String metric, String from, String to, String kind) {
    return nodes.stream()
        .flatMap(
            node -> node.metrics().find(metric).tag("from", from).tag("to", to).tag("kind", kind)
                .counters().stream())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** A session description, as it stands in JSON. */
  static String sdp(int session, String media) {
    return "v=0\\r\\no=- " + session + " 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\nm=" + media
        + " 9 UDP/DTLS/SCTP webrtc-datachannel\\r\\na=ice-ufrag:u\\\"\\r\\n";
  }

  /** The session description of a data channel. */
  static String sdp(int session) {
    return sdp(session, "application");
  }

  /** A candidate, as it stands in JSON. */
  static String candidate(int number) {
    return "{\"candidate\":\"candidate:" + number
        + " 1 udp 2113937151 x.local 5000 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,"
        + "\"usernameFragment\":\"u\"}";
  }

  @Override
  public void close() {
    stage.close();
    end.run();
  }
}
