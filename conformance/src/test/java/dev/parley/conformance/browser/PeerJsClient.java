package dev.parley.conformance.browser;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One PeerJS {@code Peer}, with a method for each use of the library. */
final class PeerJsClient implements Talker {
  private final ClientPage page;
  private final Journal journal;
  private final Map<String, Object> options = new HashMap<>();

  PeerJsClient(ClientPage page, Journal journal, InetSocketAddress server) {
    this.page = page;
    this.journal = journal;
    options.put("host", server.getAddress().getHostAddress());
    options.put("port", server.getPort());
    options.put("debug", 3);
    options.put("config", Map.of("iceServers", List.of()));
  }

  /** An error as the library reports it. */
  record Failure(String type, String message) {}

  /** Sets an option of the library for the next {@code open}. */
  PeerJsClient with(String option, Object value) {
    options.put(option, value);
    return this;
  }

  /** Opens with this id and waits until the server has granted it. */
  PeerJsClient open(String id) {
    startOpening(id);
    awaitOpened(1);
    return this;
  }

  /** Opens without an id and waits for the one that the server gives. */
  String openWithoutId() {
    startOpeningWithoutId();
    awaitOpened(1);
    return id();
  }

  void startOpening(String id) {
    page.run("open", id, options);
  }

  void startOpeningWithoutId() {
    page.evaluate("(options) => client.open(null, options)", options);
  }

  /** Waits until the library has reported {@code open} this many times. */
  void awaitOpened(int times) {
    page.await("(times) => client.opened.length >= times", times);
  }

  @Override
  public ClientPage page() {
    return page;
  }

  /** The id of the last {@code open}. */
  @Override
  public String id() {
    return (String) page.evaluate("client.opened.at(-1)");
  }

  boolean isOpen() {
    return (boolean) page
        .evaluate("client.peer.open && !client.peer.disconnected && !client.peer.destroyed");
  }

  boolean isDestroyed() {
    return (boolean) page.evaluate("client.peer.destroyed");
  }

  /** Waits until the library has lost the server; channels and calls may go on. */
  void awaitDisconnected() {
    page.await("() => client.disconnected > 0 && client.peer.disconnected");
  }

  int disconnections() {
    return (int) page.evaluate("client.disconnected");
  }

  void awaitDestroyed() {
    page.await("() => client.closed > 0");
  }

  void reconnect() {
    page.evaluate("() => client.peer.reconnect()");
  }

  void destroy() {
    page.evaluate("() => client.peer.destroy()");
  }

  /** Waits for the first error and returns it. */
  Failure awaitError() {
    page.await("() => client.errors.length > 0");
    return errors().getFirst();
  }

  List<Failure> errors() {
    List<?> errors = (List<?>) page.evaluate("client.errors");
    return errors.stream().map(Map.class::cast)
        .map(error -> new Failure((String) error.get("type"), (String) error.get("message")))
        .toList();
  }

  /** Connects with raw messages, which peers of all dialects can read, over a channel of a name. */
  @Override
  public void connect(String other) {
    connect(other, Map.of("serialization", "raw", "label", "data"));
  }

  void connect(String other, Map<String, ?> connectOptions) {
    page.run("connect", other, connectOptions);
  }

  /** Connects, as {@link #connect(String)}, when the clock shows this time. */
  void connectAt(String other, Instant time) {
    page.evaluate("([other, millis]) => client.connectAt(other, { serialization: 'raw' }, millis)",
        List.of(other, (double) time.toEpochMilli()));
  }

  /** Waits until a channel with the other peer is open here, and returns the names of those. */
  List<String> awaitOpenChannels(String other) {
    page.await("(other) => client.openChannels(other).length > 0", other);
    return openChannels(other);
  }

  List<String> openChannels(String other) {
    return page.strings("(other) => client.openChannels(other)", other);
  }

  /** Waits for a message of the other peer, over any channel, and consumes it. */
  Object hearOnAny(String other) {
    page.await("(other) => client.openChannels(other)"
        + ".some((name) => client.connections.get(name).received.length > 0)", other);
    return page.evaluate("(other) => client.hear(client.openChannels(other)"
        + ".find((name) => client.connections.get(name).received.length > 0))", other);
  }

  /**
   * Waits until no more candidates follow: a linkup client that receives one after it has closed
   * the connection begins another one.
   */
  void awaitGathered(String channel) {
    page.await("(channel) => client.connections.get(channel).connection.peerConnection"
        + ".iceGatheringState === 'complete'", channel);
  }

  @Override
  public void close(String other) {
    page.evaluate("(other) => client.connections.get(other).connection.close()", other);
  }

  /** A property of the channel with the other peer. */
  Object connectionProperty(String other, String property) {
    return page.evaluate(
        "([other, property]) => client.connections.get(other).connection[property]",
        List.of(other, property));
  }

  /**
   * Sends values, each given as a JavaScript expression, over the channel; returns their
   * descriptions.
   */
  List<String> send(String other, List<String> expressions) {
    return expressions.stream().map(expression -> (String) page.evaluate(
        "(other) => { const value = " + expression
            + "; client.connections.get(other).connection.send(value); return client.describe(value); }",
        other)).toList();
  }

  /** Waits for this many further values over the channel; returns their descriptions. */
  List<String> takeReceived(String other, int count) {
    page.await("([other, count]) => client.connections.get(other)?.received.length >= count",
        List.of(other, count));
    return page.strings(
        "([other, count]) => client.connections.get(other).received.splice(0, count).map((value) => client.describe(value))",
        List.of(other, count));
  }

  /** It is on: the page answers every call with it. */
  @Override
  public void turnCameraOn() {
    // Nothing to do.
  }

  @Override
  public void call(String other) {
    call(other, Map.of());
  }

  void hangUp(String other) {
    page.evaluate("(other) => client.calls.get(other).call.close()", other);
  }

  /** Calls with the (fake) camera; the callee answers with its own. */
  void call(String other, Map<String, ?> callOptions) {
    page.run("call", other, callOptions);
  }

  Object callMetadata(String other) {
    return page.evaluate("(other) => client.calls.get(other).call.metadata", other);
  }

  void startListing() {
    page.run("list");
  }

  /** Requests the list of all peers and waits for it. */
  List<String> listAllPeers() {
    startListing();
    page.await("() => client.listing !== undefined");
    return page.strings("client.listing");
  }

  /** Polls the list of all peers until it has exactly these, in any order. */
  void awaitListed(String... ids) {
    page.await(() -> Set.copyOf(listAllPeers()).equals(Set.of(ids)));
  }

  /** Waits until the library has logged a line with this text. */
  void awaitLogged(String text) {
    page.await(() -> journal.logged().anyMatch(line -> line.contains(text)));
  }

  /** Waits until the library has sent this many frames of a type. */
  void awaitSent(String type, int count) {
    page.await(() -> journal.sent()
        .filter(frame -> frame.contains("\"type\":\"" + type + "\"")).count() >= count);
  }
}
