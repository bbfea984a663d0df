package dev.parley.peerolator;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import io.micrometer.core.instrument.Counter;
import java.util.Map;

/** A gateway that is a Peerolator, and what its peers do again and again. */
final class PeerolatorStage implements AutoCloseable {

  private final Gateways gateways;

  private PeerolatorStage(Gateways gateways) {
    this.gateways = gateways;
  }

  static PeerolatorStage start(Spread spread) {
    return new PeerolatorStage(
        spread.start(() -> GatewayFixture.gateway().dialect("peerolator", "/", Map.of())));
  }

  /** Starts one with some options, under the names that they have in the configuration. */
  static PeerolatorStage start(Map<String, Object> options, String... otherDialects) {
    GatewayFixture.Builder builder =
        GatewayFixture.gateway().dialect("peerolator", "/", options);
    for (String other : otherDialects) {
      builder.dialect(other);
    }
    return new PeerolatorStage(Spread.ONE_NODE.start(() -> builder));
  }

  /** Plays a scene with clients of its own. */
  void plays(Scene scene) {
    try (Stage stage = gateways.stage("scene")) {
      scene.play(stage);
    }
  }

  /** How many signals did not arrive for a reason. */
  double undelivered(String cause) {
    return gateways.nodes().stream()
        .flatMap(
            node -> node.metrics().find("parley.signals.undelivered").tag("cause", cause)
                .counters().stream())
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void close() {
    gateways.close();
  }

  // ---- steps

  /** A server that has received its id, which is {@code <name>} from then on. */
  static Actor server(Stage stage, String name) {
    return stage.actor(name).connects("/server").gets(hello(name));
  }

  /** A client that has received its id, and that its server has been informed of. */
  static Actor client(Stage stage, String name, String server) {
    Actor client =
        stage.actor(name).connects("/client/<" + server + ">").gets(hello(name));
    stage.actor(server).gets(joined(server, name));
    return client;
  }

  static String hello(String name) {
    return "{'from':'0','to':'<?" + name + ">','type':'HELLO','message':{'id':'<?" + name + ">'}}";
  }

  static String joined(String server, String peer) {
    return says(server, "PEER_JOINED", peer);
  }

  static String gone(String to, String peer) {
    return says(to, "PEER_GONE", peer);
  }

  private static String says(String to, String type, String about) {
    return "{'from':'0','to':'<" + to + ">','type':'" + type + "','message':{'id':'<" + about
        + ">'}}";
  }
}
