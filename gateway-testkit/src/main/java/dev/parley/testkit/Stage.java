package dev.parley.testkit;

import dev.parley.testkit.waits.Waits;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Where a {@link Scene} is played: one server, or several that behave as one, and their clients.
 * Each step is a line; messages that no step names are recorded, but not checked. In texts, {@code
 * <anna>} stands for an id of this scene, see {@link Actor#gets}. One thread.
 *
 * <pre>
 * Actor anna =
 * stage.actor("anna").connects("/peerjs?key=peerjs&amp;id=&lt;anna&gt;&amp;token=t").gets("{'type':'OPEN'}");
 * anna.sends("{'type':'OFFER','dst':'&lt;bert&gt;'}");
 * bert.gets("{'type':'OFFER','src':'&lt;anna&gt;','dst':'&lt;bert&gt;'}");
 * </pre>
 */
public final class Stage implements AutoCloseable {

  private final List<URI> servers;
  private final Runnable between;
  private final Settling settling;
  private final Pace pace;
  private final Names names;
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private int connections;

  /** As {@link #Stage(URI, String, Settling)}, settling by pings. */
  public Stage(URI server, String prefix) {
    this(server, prefix, Settling.BY_PINGS);
  }

  /**
   * Sets a stage.
   *
   * @param server {@code http://} or {@code https://}, host and port
   * @param prefix what the ids of this scene begin with
   * @param settling how to detect that the server has processed everything
   */
  public Stage(URI server, String prefix, Settling settling) {
    this(List.of(server), () -> {}, prefix, settling, Pace.BY_ASKING);
  }

  /**
   * Sets a stage of several servers, settling by pings: connections go to the servers round-robin.
   *
   * @param servers {@code http://} or {@code https://}, host and port of each
   * @param between waits until the servers have propagated their state to each other
   * @param prefix what the ids of this scene begin with
   */
  public Stage(List<URI> servers, Runnable between, String prefix) {
    this(servers, between, prefix, Settling.BY_PINGS, Pace.BY_ASKING);
  }

  /**
   * As {@link #Stage(List, Runnable, String)}.
   *
   * @param settling how to detect that the servers have processed everything
   * @param pace decides when the scene may continue
   */
  public Stage(
      List<URI> servers, Runnable between, String prefix, Settling settling, Pace pace) {
    this.servers = List.copyOf(servers);
    this.between = between;
    this.settling = settling;
    this.pace = pace;
    this.names = new Names(prefix);
  }

  /** The client of this name; a new one is not connected. */
  public Actor actor(String name) {
    return actors.computeIfAbsent(name, newName -> new Actor(this, newName));
  }

  /** The text with the ids of this scene in place of their names. */
  public String resolve(String text) {
    return names.resolve(text);
  }

  /**
   * Binds a name to a value of the server, as {@code <?name>} in an expected message does.
   *
   * @throws IllegalStateException if the name has another value already
   */
  public Stage names(String name, String value) {
    names.give(name, value);
    return this;
  }

  Names names() {
    return names;
  }

  Settling settling() {
    return settling;
  }

  /** The address for plain HTTP of a path, which may contain names, at the first server. */
  public URI http(String path) {
    return URI.create(servers.getFirst() + resolve(path));
  }

  /** The address of a path for the next client that connects. */
  URI ws(String path) {
    URI server = servers.get(connections++ % servers.size());
    return URI.create("ws" + server.toString().substring("http".length()) + resolve(path));
  }

  /** Skips the next server: the next client connects to the one after it. */
  public Stage skipsAServer() {
    connections++;
    return this;
  }

  /** Adds a line to the transcript of an actor that is not a connected client. */
  public void notes(String who, String line) {
    notes.computeIfAbsent(who, any -> new ArrayList<>()).add(names.conceal(line));
  }

  /**
   * Waits until a condition holds, by polling: for a state of the server that no message shows.
   *
   * @throws AssertionError if it does not within {@link Waits#PATIENCE}
   */
  public void awaits(String what, BooleanSupplier condition) {
    Waits.until(what, condition);
  }

  /** Waits until the servers have propagated their state to each other. */
  void getsThrough() {
    between.run();
  }

  /**
   * Waits until all messages so far have been processed, and all effects have been received, as
   * decided by the stage's {@link Pace}.
   */
  public Stage settles() {
    pace.settle(this);
    return this;
  }

  /**
   * Waits until the servers have processed everything that was sent so far, and all effects have
   * been received. Several servers need more than one round, so that effects of effects, such as a
   * refusal, arrive as well.
   */
  public Stage rests() {
    int rounds = settling.rounds() + (servers.size() == 1 ? 0 : 3);
    for (int round = 0; round < rounds; round++) {
      if (round > 0) {
        between.run();
      }
      actors.values().stream().map(Actor::asks).toList().forEach(Runnable::run);
    }
    return this;
  }

  /** As {@link #settles()}; no step need expect the messages received so far. */
  public Stage passes() {
    settles();
    actors.values().forEach(Actor::skips);
    return this;
  }

  /** How much each actor has received so far. */
  Map<String, Actor.Progress> progress() {
    Map<String, Actor.Progress> progress = new LinkedHashMap<>();
    actors.forEach((name, actor) -> progress.put(name, actor.progress()));
    return progress;
  }

  /** What each actor has received so far. */
  public Transcript transcript() {
    Map<String, List<String>> seen = new LinkedHashMap<>(notes);
    actors.forEach((name, actor) -> seen.put(name, actor.seen()));
    return new Transcript(seen);
  }

  /** Closes all open connections. */
  @Override
  public void close() {
    actors.values().forEach(Actor::close);
  }
}
