package dev.parley.linkup;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that is a linkup broker at {@code /}, and its clients; ids are those of one scene. */
final class LinkupStage implements AutoCloseable {

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final Gateways gateways;
  private final Stage stage;

  LinkupStage(LinkupOptions options) {
    this(Spread.ONE_NODE, options);
  }

  LinkupStage(Spread spread, LinkupOptions options) {
    gateways = spread.start(() -> GatewayFixture.gateway().dialect("linkup", "/", options));
    stage = gateways.stage("scene" + SCENES.incrementAndGet() + "-");
  }

  GatewayFixture gateway() {
    return gateways.first();
  }

  /** A client that has connected, and has no id. */
  Actor connected(String name) {
    return stage.actor(name).connects("/");
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
