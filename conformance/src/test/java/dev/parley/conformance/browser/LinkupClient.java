package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One page with one linkup client, which makes its connections with simple-peer. */
final class LinkupClient implements Talker {
  private final Page page;
  private final Journal journal;
  private final Form form;
  private final Map<String, Object> options = new HashMap<>();

  LinkupClient(Page page, Journal journal, Form form) {
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
    await("() => client.registered !== undefined", null);
    return this;
  }

  void startOpening(URI broker, String id) {
    page.evaluate("([url, id, options]) => client.open(url, " + form.constant + ", id, options)",
        List.of(broker.toString(), id, options));
  }

  /** Connections made from now on carry camera and microphone. */
  @Override
  public void turnCameraOn() {
    page.evaluate("() => client.turnCameraOn()");
  }

  @Override
  public void call(String other) {
    turnCameraOn();
    connect(other);
  }

  @Override
  public String id() {
    return (String) page.evaluate("client.registered");
  }

  @Override
  public void connect(String other) {
    page.evaluate("(other) => client.connect(other)", other);
  }

  /** Asks whether the other one is there, as before a call, and waits until it is known to be. */
  void find(String other) {
    page.evaluate("(other) => client.find(other)", other);
    await("(other) => client.found.includes(other)", other);
  }

  /** Calls a peer that has been asked for. */
  void callFound(String other) {
    page.evaluate("(other) => client.call(other)", other);
  }

  /** Connects, as {@link #connect(String)}, when the clock shows this time. */
  void connectAt(String other, Instant time) {
    page.evaluate("([other, millis]) => client.connectAt(other, millis)",
        List.of(other, (double) time.toEpochMilli()));
  }

  @Override
  public void awaitConnected(String channel) {
    await("(other) => client.contacts.get(other)?.connection?.open === true", channel);
  }

  boolean isConnected(String channel) {
    return (boolean) page.evaluate(
        "(other) => client.contacts.get(other)?.connection?.open === true",
        channel);
  }

  @Override
  public void say(String channel, Object message) {
    page.evaluate("([other, message]) => client.say(other, message)", List.of(channel, message));
  }

  /** Sends the bytes of the JSON, where {@link #say} sends its text. */
  void sayInBytes(String channel, Object message) {
    page.evaluate("([other, message]) => client.sayInBytes(other, message)",
        List.of(channel, message));
  }

  @Override
  public Object hear(String channel) {
    await("(other) => client.contacts.get(other)?.received.length > 0", channel);
    return page.evaluate("(other) => client.hear(other)", channel);
  }

  /** Waits until something has come from the other peer, over whatever channel, and takes it. */
  Object hearOnAny(String other) {
    await("(other) => client.channels(other)"
        + ".some((channel) => client.contacts.get(channel).received.length > 0)", other);
    return page.evaluate("(other) => client.hear(client.channels(other)"
        + ".find((channel) => client.contacts.get(channel).received.length > 0))", other);
  }

  @Override
  public void close(String channel) {
    page.evaluate("(other) => client.close(other)", channel);
  }

  @Override
  public void awaitClosed(String channel) {
    await("(other) => client.contacts.get(other)?.closed > 0"
        + " && client.contacts.get(other).connection === undefined", channel);
  }

  @Override
  public void closePage() {
    page.close();
  }

  @Override
  public RemotePicture picture(String channel) {
    return new RemotePicture(page, "client.contacts.get('" + channel + "')?.picture");
  }

  /** Adds camera and microphone to a channel that is there. */
  void addCamera(String channel) {
    page.evaluate("(other) => client.addCamera(other)", channel);
  }

  /** Closes the connection to the broker. */
  void leaveBroker() {
    page.evaluate("() => client.leaveBroker()");
  }

  /** Waits until the broker has answered this many pings. */
  void awaitPongs(int count) {
    await("(count) => client.pongs >= count", count);
  }

  /** Waits for the first thing that went wrong, and returns it in the broker's words or its own. */
  String awaitError() {
    await("() => client.errors.length > 0", null);
    return errors().getFirst();
  }

  List<String> errors() {
    return strings(page.evaluate("client.errors"));
  }

  /** What went wrong with one channel. */
  List<String> errors(String channel) {
    return strings(page.evaluate("(other) => client.contacts.get(other).errors", channel));
  }

  /** The names of the channels with the other peer, whatever has become of them. */
  List<String> channels(String other) {
    return strings(page.evaluate("(other) => client.channels(other)", other));
  }

  /** Waits until it has sent this many signals in which this is said. */
  void awaitSignalled(String part, int count) {
    page.waitForCondition(() -> journal.sent()
        .filter(frame -> frame.contains("\"signal\"") && frame.contains(part)).count() >= count);
  }

  /** Waits for something outside the page, while its events are dealt with. */
  void await(BooleanSupplier condition) {
    page.waitForCondition(condition);
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private void await(String condition, Object argument) {
    page.waitForFunction(condition, argument);
  }
}
