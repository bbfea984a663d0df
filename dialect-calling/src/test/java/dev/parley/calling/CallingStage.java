package dev.parley.calling;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.Stage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A gateway that is a calling-signaling server at {@code /}, and its clients. */
final class CallingStage implements AutoCloseable {

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final Gateways gateways;
  private final Stage stage;

  /** A gateway without options, on one node or several. */
  CallingStage(Spread spread) {
    this(spread, Map.of());
  }

  /**
   * Sets the stage on several nodes, or on one.
   *
   * @param options those that differ from the defaults, by name
   */
  CallingStage(Spread spread, Map<String, Object> options) {
    this(spread, () -> GatewayFixture.gateway().dialect("calling", "/", options));
  }

  /**
   * Sets the stage.
   *
   * @param options those that differ from the defaults, by name
   */
  CallingStage(Map<String, Object> options) {
    this(Spread.ONE_NODE, options);
  }

  CallingStage(GatewayFixture.Builder wanted) {
    this(Spread.ONE_NODE, () -> wanted);
  }

  CallingStage(Spread spread, Supplier<GatewayFixture.Builder> node) {
    gateways = spread.start(node);
    stage = gateways.stage("scene" + SCENES.incrementAndGet() + "-");
  }

  GatewayFixture gateway() {
    return gateways.first();
  }

  /** A client that has connected, and has not read what it received. */
  Actor connected(String name) {
    return connected(name, "/");
  }

  Actor connected(String name, String path) {
    return stage.actor(name).connects(path);
  }

  /** A client that knows its id, which scenes call by its name. */
  Actor user(String name) {
    return connected(name)
        .gets("{'type':'hello','id':'<?" + name + ">','server':'calling-signaling 1.0'}");
  }

  /** A user that asks for something, and is answered, whatever it is. */
  Actor member(String name, String room) {
    return user(name).sends("{'type':'room_join','room':'" + room + "','tid':0}").gets(1);
  }

  /** Waits until something is so. */
  void awaits(String what, BooleanSupplier condition) {
    stage.awaits(what, condition);
  }

  @Override
  public void close() {
    stage.close();
    gateways.close();
  }
}
