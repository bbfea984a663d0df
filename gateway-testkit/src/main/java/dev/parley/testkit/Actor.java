package dev.parley.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.waits.Waits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client on a {@link Stage}. Actions begin with a verb and take effect at once; expectations
 * wait up to {@link Waits#PATIENCE}, or as long as {@link #within} says. All messages that it
 * receives are in the transcript. One thread.
 */
public final class Actor {

  private final Stage stage;
  private final String name;
  private final List<String> before = new ArrayList<>();
  private @Nullable WireClient client;
  private @Nullable Messages messages;
  private int read;
  private Duration patience = Waits.PATIENCE;

  Actor(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  // ---- actions

  /** Connects to a path, which may contain a query and names. */
  public Actor connects(String path) {
    return connects(path, Map.of());
  }

  /** Connects, with headers of its own; of an earlier connection only the transcript stays. */
  public Actor connects(String path, Map<String, String> headers) {
    List<String> seen = seen();
    before.clear();
    before.addAll(seen);
    read = 0;
    WireClient connected = WireClient.connect(stage.ws(path), headers);
    client = connected;
    messages = new Messages(connected, message -> !stage.settling().isSign(message));
    return this;
  }

  /** Tries to connect, and expects a refusal with an HTTP status. */
  public Actor isRefused(int status, String path) {
    return isRefused(status, path, Map.of());
  }

  /** As {@link #isRefused(int, String)}, with headers of its own. */
  public Actor isRefused(int status, String path, Map<String, String> headers) {
    try (WireClient accepted = WireClient.connect(stage.ws(path), headers)) {
      throw new AssertionError(name + " is let in at " + path + ": " + accepted);
    } catch (UpgradeRefusedException refused) {
      before.add("(refused with " + refused.status() + ")");
      if (refused.status() != status) {
        throw new AssertionError(name + " is refused with " + refused.status() + ", not " + status);
      }
    }
    return this;
  }

  /** Sends text messages; in a text without double quotes, single quotes become double ones. */
  public Actor sends(String... messages) {
    for (String message : messages) {
      client().text(wire(message));
    }
    return this;
  }

  /** Sends a text message in several frames. */
  public Actor sendsInFrames(String... parts) {
    client().fragments(Arrays.stream(parts).map(this::wire).toArray(String[]::new));
    return this;
  }

  /** Sends the text of a message as a binary message. */
  public Actor sendsBinary(String message) {
    client().binary(wire(message).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private String wire(String message) {
    String text = message.indexOf('"') < 0 ? message.replace('\'', '"') : message;
    return stage.resolve(text);
  }

  /** Closes with code 1000, and waits for the answer and until all servers have processed it. */
  public Actor leaves() {
    client().close(1000, "");
    client().awaitClosed(patience);
    stage.getsThrough();
    return this;
  }

  /** Breaks the connection off, without a close frame. */
  public Actor vanishes() {
    client().cut();
    return this;
  }

  /** The connection itself, for actions without a step. */
  public WireClient client() {
    WireClient connected = client;
    if (connected == null) {
      throw new IllegalStateException(name + " is not connected");
    }
    return connected;
  }

  // ---- expectations

  /** Sets the patience of all later steps. */
  public Actor within(Duration limit) {
    patience = limit;
    return this;
  }

  /**
   * The next messages are these, as JSON values; single quotes stand for double ones, {@code
   * <anna>} is an id of the scene, {@code '<?any>'} matches every simple value and names it.
   */
  public Actor gets(String... expected) {
    for (String one : expected) {
      String message = next();
      if (!fits(one, message)) {
        throw new AssertionError(
            name + " gets\n  " + message + "\ninstead of\n  " + stage.resolve(one));
      }
    }
    return this;
  }

  /** The next message is one of these. */
  public Actor getsOneOf(String... possible) {
    String message = next();
    if (Arrays.stream(possible).noneMatch(one -> fits(one, message))) {
      throw new AssertionError(
          name + " gets\n  " + message + "\ninstead of one of " + List.of(possible));
    }
    return this;
  }

  /** The next messages are these in some order. */
  public Actor getsInAnyOrder(String... expected) {
    List<String> missing = new ArrayList<>(List.of(expected));
    for (int i = 0; i < expected.length; i++) {
      String message = next();
      Optional<String> found = missing.stream().filter(one -> fits(one, message)).findFirst();
      missing.remove(
          found.orElseThrow(
              () -> new AssertionError(name + " gets\n  " + message + "\ninstead of " + missing)));
    }
    return this;
  }

  /** The next {@code count} messages arrive, with any content. */
  public Actor gets(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
    return this;
  }

  /** After everything has been processed, there is no further message. */
  public Actor getsNothingMore() {
    stage.settles();
    List<String> unexpected = reads();
    if (!unexpected.isEmpty()) {
      throw new AssertionError(name + " gets what nobody expected: " + unexpected);
    }
    return this;
  }

  /** All received messages that no step has expected yet, without waiting. */
  public List<String> reads() {
    List<String> all = messages().soFar();
    List<String> news = List.copyOf(all.subList(read, all.size()));
    read = all.size();
    return news;
  }

  private Messages messages() {
    Messages come = messages;
    if (come == null) {
      throw new IllegalStateException(name + " is not connected");
    }
    return come;
  }

  /**
   * The server ends the connection with this code; {@link Frame#WITHOUT_CODE} and {@link
   * Frame#LOST} are codes too.
   */
  public Actor isClosed(int code) {
    Frame close = client().awaitClosed(patience);
    if (close.closeCode() != code) {
      throw new AssertionError(name + " is closed with " + close + " instead of " + code);
    }
    return this;
  }

  /** As {@link #isClosed(int)}, and the reason in the close frame is this. */
  public Actor isClosed(int code, String reason) {
    isClosed(code);
    Frame close = client().awaitClosed(patience);
    if (!close.closeReason().equals(reason)) {
      throw new AssertionError(name + " is closed with " + close + " instead of " + reason);
    }
    return this;
  }

  /** The connection is still open after everything has been processed. */
  public Actor isStillConnected() {
    stage.settles();
    if (client().isOver()) {
      throw new AssertionError(name + " is no longer connected: " + client());
    }
    return this;
  }

  private String next() {
    try {
      return messages().await(read + 1, patience).get(read++);
    } catch (AssertionError missing) {
      throw new AssertionError(name + " " + missing.getMessage(), missing);
    }
  }

  private boolean fits(String expected, String message) {
    JsonNode wanted = JsonValues.expected(stage.resolve(expected));
    return JsonValues.parse(message)
        .filter(actual -> JsonValues.matches(wanted, actual, stage.names()::learn))
        .isPresent();
  }

  // ---- for the stage

  /**
   * Waits until all messages of this client have been read, all messages to it have been received,
   * and all of several servers are up to date.
   */
  public Actor settles() {
    asks().run();
    stage.getsThrough();
    return this;
  }

  Runnable asks() {
    WireClient connected = client;
    return connected == null ? () -> {
    } : stage.settling().ask(connected);
  }

  void skips() {
    if (client != null) {
      read = messages().soFar().size();
    }
  }

  /**
   * How much an actor has received on its present connection.
   *
   * @param messages how many it has received
   * @param over whether the connection is over
   */
  record Progress(int messages, boolean over) {}

  Progress progress() {
    WireClient connected = client;
    return connected == null
        ? new Progress(0, false)
        : new Progress(messages().soFar().size(), connected.isOver());
  }

  /**
   * Waits until this client has received as much as that.
   *
   * @throws AssertionError if it times out
   */
  void reaches(Progress progress, Duration limit) {
    if (progress.messages() > 0) {
      messages().await(progress.messages(), limit);
    }
    if (progress.over()) {
      client().awaitClosed(limit);
    }
  }

  List<String> seen() {
    List<String> seen = new ArrayList<>(before);
    WireClient connected = client;
    if (connected != null) {
      seen.add("(connected)");
      messages().soFar().forEach(message -> seen.add(stage.names().conceal(message)));
      if (connected.isOver()) {
        seen.add("(closed with " + connected.awaitClosed().closeCode() + ")");
      }
    }
    return seen;
  }

  void close() {
    if (client != null) {
      client.close();
    }
  }
}
