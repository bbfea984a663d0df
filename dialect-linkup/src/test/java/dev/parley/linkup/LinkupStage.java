package dev.parley.linkup;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A gateway that is a linkup broker at {@code /}, and its clients; ids are those of one scene. */
final class LinkupStage implements AutoCloseable {

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final Gateways gateways;
  private final Stage stage;

  LinkupStage(LinkupOptions options) {
    this(Spread.ONE_NODE, options);
  }

  LinkupStage(Spread spread, LinkupOptions options) {
    this(spread, () -> GatewayFixture.gateway().dialect("linkup", "/", options));
  }

  LinkupStage(Spread spread, Supplier<GatewayFixture.Builder> node) {
    gateways = spread.start(node);
    stage = gateways.stage("scene" + SCENES.incrementAndGet() + "-");
  }

  GatewayFixture gateway() {
    return gateways.first();
  }

  /** A client that has connected, and has no id. */
  Actor connected(String name) {
    return connected(name, "/");
  }

  Actor connected(String name, String path) {
    return stage.actor(name).connects(path);
  }

  /** A client that is registered by its name, and speaks JSON-RPC 2.0 as released clients do. */
  Actor registered(String name) {
    return connected(name)
        .sends(
            "{'jsonrpc':'2.0','id':'r','method':'register','params':{'id':'<" + name + ">'}}")
        .gets("{'jsonrpc':'2.0','id':'r','result':'<" + name + ">','error':null}");
  }

  /** A client that is registered by its name, and speaks in the older envelope. */
  Actor registeredInEnvelope(String name) {
    return connected(name)
        .sends("{'id':'r','message':{'type':'register','id':'<" + name + ">'}}")
        .gets("{'id':'r','message':'<" + name + ">','error':null}");
  }

  @Override
  public void close() {
    stage.close();
    gateways.close();
  }
}
