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

  /** How it talks to the broker; each is a constant of the page. */
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

  /** Asks whether the other one is there, as before a call, and waits until it is known to be. */
  void find(String other) {
    page.run("find", other);
    page.await("(other) => client.found.includes(other)", other);
  }

  /** Calls a peer that has been asked for. */
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

  /** Waits until something has come from the other peer, over whatever channel, and takes it. */
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

  /** Waits for the first thing that went wrong, and returns it in the broker's words or its own. */
  String awaitError() {
    page.await("() => client.errors.length > 0");
    return errors().getFirst();
  }

  List<String> errors() {
    return page.strings("client.errors");
  }

  /** What went wrong with one channel. */
  List<String> errors(String channel) {
    return page.strings("(other) => client.contacts.get(other).errors", channel);
  }

  /** The names of the channels with the other peer, whatever has become of them. */
  List<String> channels(String other) {
    return page.strings("(other) => client.channels(other)", other);
  }

  /** Waits until it has sent this many signals in which this is said. */
  void awaitSignalled(String part, int count) {
    page.await(() -> journal.sent()
        .filter(frame -> frame.contains("\"signal\"") && frame.contains(part)).count() >= count);
  }

  /** Waits for something outside the page, while its events are dealt with. */
  void await(BooleanSupplier condition) {
    page.await(condition);
  }
}
