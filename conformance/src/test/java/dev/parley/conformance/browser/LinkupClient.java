package dev.parley.conformance.browser;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One linkup client, which makes its connections with simple-peer. */
final class LinkupClient implements Talker {
  private final ClientPage page;
  private final Journal journal;
  private final Form form;
  private final Map<String, Object> options = new HashMap<>();

  LinkupClient(ClientPage page, Journal journal, Form form) {
    this.page = page;
    this.journal = journal;
    this.form = form;
  }

  /** The forms of its messages to the broker; each is a constant of the page. */
  enum Form {
    /** Released clients. */
    JSON_RPC("jsonRpc"),
    /** Clients up to 0.3. */
    ENVELOPE("envelope");

    private final String constant;

    Form(String constant) {
      this.constant = constant;
    }
  }

  /** Sets {@code pingInterval}, or an option of simple-peer, for the next {@code open}. */
  LinkupClient with(String option, Object value) {
    options.put(option, value);
    return this;
  }

  /** Registers and waits until the broker has granted the id. */
  LinkupClient open(URI broker, String id) {
    startOpening(broker, id);
    page.await("() => client.registered !== undefined");
    return this;
  }

  void startOpening(URI broker, String id) {
    page.evaluate("([url, id, options]) => client.open(url, " + form.constant + ", id, options)",
        List.of(broker.toString(), id, options));
  }

  @Override
  public ClientPage page() {
    return page;
  }

  @Override
  public String id() {
    return (String) page.evaluate("client.registered");
  }

  /** Sends {@code exists} for the other one, as before a call, and waits for a positive answer. */
  void find(String other) {
    page.run("find", other);
    page.await("(other) => client.found.includes(other)", other);
  }

  /** Calls a peer whose existence is known. */
  void callFound(String other) {
    page.run("call", other);
  }

  /** Connects, as {@link #connect(String)}, when the clock shows this time. */
  void connectAt(String other, Instant time) {
    page.run("connectAt", other, (double) time.toEpochMilli());
  }

  /** Sends the bytes of the JSON, where {@link #say} sends its text. */
  void sayInBytes(String channel, Object message) {
    page.run("sayInBytes", channel, message);
  }

  /** Waits for a message of the other peer, over any channel, and consumes it. */
  Object hearOnAny(String other) {
    page.await("(other) => client.channels(other)"
        + ".some((channel) => client.contacts.get(channel).received.length > 0)", other);
    return page.evaluate("(other) => client.hear(client.channels(other)"
        + ".find((channel) => client.contacts.get(channel).received.length > 0))", other);
  }

  /** Adds camera and microphone to a channel that is there. */
  void addCamera(String channel) {
    page.run("addCamera", channel);
  }

  /** Closes the connection to the broker. */
  void leaveBroker() {
    page.run("leaveBroker");
  }

  /** Waits until the broker has answered this many pings. */
  void awaitPongs(int count) {
    page.await("(count) => client.pongs >= count", count);
  }

  /** Waits for the first error, and returns its text, of the broker or its own. */
  String awaitError() {
    page.await("() => client.errors.length > 0");
    return errors().getFirst();
  }

  List<String> errors() {
    return page.strings("client.errors");
  }

  /** The error of one channel. */
  List<String> errors(String channel) {
    return page.strings("(other) => client.contacts.get(other).errors", channel);
  }

  /** The names of all channels with the other peer, in any state. */
  List<String> channels(String other) {
    return page.strings("(other) => client.channels(other)", other);
  }

  /** Waits until it has sent this many signals with this text. */
  void awaitSignalled(String part, int count) {
    page.await(() -> journal.sent()
        .filter(frame -> frame.contains("\"signal\"") && frame.contains(part)).count() >= count);
  }

  /** Waits for a condition outside the page, while its events are processed. */
  void await(BooleanSupplier condition) {
    page.await(condition);
  }
}
