package dev.parley.calling;

import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that is a calling-signaling server at {@code /}, and its clients. */
final class CallingStage implements AutoCloseable {

  private static final AtomicInteger SCENES = new AtomicInteger();

  private final GatewayFixture gateway;
  private final Stage stage;

  /** What a gateway does that was told nothing. */
  CallingStage() {
    this(Map.of());
  }

  /**
   * Sets the stage.
   *
   * @param options those that differ from the defaults, by name
   */
  CallingStage(Map<String, Object> options) {
    this(GatewayFixture.gateway().dialect("calling", "/", options));
  }

  CallingStage(GatewayFixture.Builder wanted) {
    gateway = wanted.start();
    stage = new Stage(gateway.httpUri(""), "scene" + SCENES.incrementAndGet() + "-");
  }

  GatewayFixture gateway() {
    return gateway;
  }

  /** A client that has connected, and not looked at what it was told. */
  Actor connected(String name) {
    return stage.actor(name).connects("/");
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

  @Override
  public void close() {
    stage.close();
    gateway.close();
  }
}
