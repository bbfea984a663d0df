package dev.parley.crossing;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway with all dialects, of one node or of several, and clients of each. */
final class Fleet implements AutoCloseable {

  /** After this time a held signal of a PeerJS client expires. */
  static final int EXPIRY_MILLIS = 300;

  private static final AtomicInteger SCENES = new AtomicInteger();

  private static final Map<String, Map<String, Object>> OPTIONS =
      Map.of(
          "peerjs",
          Map.of("expire_timeout", EXPIRY_MILLIS, "allow_discovery", true, "keys",
              Map.of("other", "elsewhere")),
          "linkup", Map.of(), "peerolator", Map.of(), "calling", Map.of());

  private final Spread spread;
  private Gateways gateways;
  private Stage stage;

  private Fleet(Spread spread) {
    this.spread = spread;
    gateways = start(spread, OPTIONS);
    stage = stage(gateways);
  }

  static Fleet of(Spread spread) {
    return new Fleet(spread);
  }

  /** Restarts the gateway without clients and with more options for a dialect. */
  void reassemble(String dialect, Map<String, Object> more) {
    Map<String, Map<String, Object>> options = new HashMap<>(OPTIONS);
    options.merge(dialect, more, Fleet::together);
    close();
    gateways = start(spread, options);
    stage = stage(gateways);
  }

  private static Map<String, Object> together(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static Gateways start(Spread spread, Map<String, Map<String, Object>> options) {
    return spread.start(
        () -> GatewayFixture.gateway()
            .dialect("peerjs", "/", options.get("peerjs"))
            .dialect("linkup", options.get("linkup"))
            .dialect("peerolator", options.get("peerolator"))
            .dialect("calling", options.get("calling")));
  }

  private static Stage stage(Gateways gateways) {
    return gateways.stage("fleet" + SCENES.incrementAndGet());
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

  /** A user of the calling dialect; its id is bound to {@code <name>}. */
  Actor caller(String name) {
    return stage.actor(name)
        .connects("/calling")
        .gets("{'type':'hello','id':'<?" + name + ">','server':'calling-signaling 1.0'}");
  }

  /** A user that is in a room, alone. */
  Actor caller(String name, String room) {
    return caller(name)
        .sends(CallingWords.join(room))
        .gets("{'type':'answer','tid':0,'data':{'room':'" + room + "','peers':{},'status':{}}}");
  }

  /** A Peerolator server; its id is bound to {@code <name>}. */
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

  /** The list of peers for PeerJS clients. */
  String peers() {
    return HttpProbe.get(gateways.first().httpUri("/peerjs/peers")).body();
  }

  /** How many signals of a pair and kind were counted. */
  double counted(String metric, String from, String to, String kind) {
    return gateways.nodes().stream()
        .flatMap(
            node -> node.metrics().find(metric).tag("from", from).tag("to", to).tag("kind", kind)
                .counters().stream())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** A session description, as a JSON value. */
  static String sdp(int session, String media) {
    return "v=0\\r\\no=- " + session + " 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\nm=" + media
        + " 9 UDP/DTLS/SCTP webrtc-datachannel\\r\\na=ice-ufrag:u\\\"\\r\\n";
  }

  /** The session description of a data channel. */
  static String sdp(int session) {
    return sdp(session, "application");
  }

  /** A candidate, as a JSON value. */
  static String candidate(int number) {
    return "{\"candidate\":\"candidate:" + number
        + " 1 udp 2113937151 x.local 5000 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,"
        + "\"usernameFragment\":\"u\"}";
  }

  @Override
  public void close() {
    stage.close();
    gateways.close();
  }
}
