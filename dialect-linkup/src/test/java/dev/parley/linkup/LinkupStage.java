package dev.parley.linkup;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that is a linkup broker at {@code /}, and its clients; ids are those of one scene. */
final class LinkupStage implements AutoCloseable {

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final GatewayFixture gateway;
  private final Stage stage;

  LinkupStage(LinkupOptions options) {
    gateway = GatewayFixture.gateway().dialect("linkup", "/", options).start();
    stage = new Stage(gateway.httpUri(""), "scene" + SCENES.incrementAndGet() + "-");
  }

  GatewayFixture gateway() {
    return gateway;
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
    gateway.close();
  }
}
