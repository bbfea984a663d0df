package dev.parley.conformance.calling;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Stage;

/**
 * A client of a calling server. It numbers its requests by itself; {@link #isAnswered} and {@link
 * #isRefused} are about the last one. In texts, {@code <anna>} is the id that the server gave to
 * the caller of that name, and single quotes stand for double ones.
 */
final class Caller {

  private final Stage stage;
  private final Actor actor;
  private int tid;

  private Caller(Stage stage, Actor actor) {
    this.stage = stage;
    this.actor = actor;
  }

  /** A caller that has connected and been greeted. */
  static Caller on(Stage stage, String name) {
    return on(stage, name, "/");
  }

  /** As {@link #on(Stage, String)}, at another path than the root. */
  static Caller on(Stage stage, String name, String path) {
    Actor actor = stage.actor(name).connects(path);
    // The name of the server is not compared.
    actor.gets("{'type':'hello','id':'<?" + name + ">','server':'<?server>'}");
    return new Caller(stage, actor);
  }

  /** The actor, for actions without a step. */
  Actor actor() {
    return actor;
  }

  // ---- actions

  /** Sends a request without fields of its own. */
  Caller asks(String type) {
    return sends("{'type':'" + type + "','tid':" + ++tid + "}");
  }

  /** Sends a request. */
  Caller asks(String type, String fields) {
    return sends("{'type':'" + type + "','tid':" + ++tid + "," + fields + "}");
  }

  /** Sends a request that succeeds, without expectations about the events that follow. */
  Caller does(String type, String fields) {
    asks(type, fields);
    stage.settles();
    String answer = "\"tid\":" + tid;
    if (actor.reads().stream().noneMatch(
        message -> message.contains(answer) && !message.contains("\"error\""))) {
      throw new AssertionError("refused, or not answered: " + type + " " + fields);
    }
    stage.passes();
    return this;
  }

  /** Joins a room as {@link #does} does. */
  Caller joins(String room) {
    return does("room_join", "'room':'" + room + "'");
  }

  /** Sends any message. */
  Caller sends(String message) {
    actor.sends(message);
    return this;
  }

  /** Breaks the connection off. */
  void vanishes() {
    actor.vanishes();
  }

  /** Closes the connection. */
  void leaves() {
    actor.leaves();
  }

  // ---- expectations

  /** The last request succeeds and has no data in its answer. */
  Caller isAnswered() {
    return gets("{'type':'answer','tid':" + tid + "}");
  }

  /** The last request succeeds, with data. */
  Caller isAnswered(String data) {
    return gets("{'type':'answer','tid':" + tid + ",'data':" + data + "}");
  }

  /** The last request, which was about the caller's own status, succeeds. */
  Caller isAnsweredAboutStatus() {
    String answer = "{'type':'answer','tid':" + tid;
    actor.getsOneOf(answer + "}", answer + ",'data':true}", answer + ",'data':false}");
    return this;
  }

  /** The last request fails. */
  Caller isRefused(String error) {
    return gets("{'type':'answer','tid':" + tid + ",'error':'" + error + "'}");
  }

  /** The next messages are these. */
  Caller gets(String... messages) {
    actor.gets(messages);
    return this;
  }

  /** The next messages arrive, with any content. */
  Caller gets(int count) {
    actor.gets(count);
    return this;
  }

  /** After everything has been processed, there is no further message. */
  Caller getsNothingMore() {
    actor.getsNothingMore();
    return this;
  }
}
