package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** One page that is a server or a client of Peerolator and makes its connections itself. */
final class PeerolatorClient implements Talker {
  private final Page page;

  PeerolatorClient(Page page) {
    this.page = page;
  }

  /** Connects and waits for its id. */
  PeerolatorClient open(URI address) {
    page.evaluate("(url) => client.open(url)", address.toString());
    await("() => client.id !== undefined", null);
    return this;
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
    return (String) page.evaluate("client.id");
  }

  @Override
  public void connect(String other) {
    page.evaluate("(other) => client.connect(other)", other);
  }

  @Override
  public void awaitConnected(String channel) {
    await("(name) => client.conversations.get(name)?.open === true", channel);
  }

  @Override
  public void say(String channel, Object message) {
    page.evaluate("([name, message]) => client.say(name, message)", List.of(channel, message));
  }

  @Override
  public Object hear(String channel) {
    await("(name) => client.conversations.get(name)?.received.length > 0", channel);
    return page.evaluate("(name) => client.hear(name)", channel);
  }

  @Override
  public void close(String channel) {
    page.evaluate("(name) => client.close(name)", channel);
  }

  @Override
  public void awaitClosed(String channel) {
    await("(name) => client.conversations.get(name)?.closed === true", channel);
  }

  @Override
  public void closePage() {
    page.close();
  }

  @Override
  public RemotePicture picture(String channel) {
    return new RemotePicture(page, "client.conversations.get('" + channel + "')?.picture");
  }

  /** Adds camera and microphone to a channel that is there. */
  void addCamera(String channel) {
    page.evaluate("(name) => client.addCamera(name)", channel);
  }

  /** Whom the relay has announced so far. */
  List<String> joined() {
    return strings(page.evaluate("client.joined"));
  }

  /** Waits until the relay has announced that a peer is gone. */
  void awaitGone(String peer) {
    await("(peer) => client.gone.includes(peer)", peer);
  }

  /** Waits until a call has reached nobody; returns the reason. */
  String awaitUnavailable(String peer) {
    await("(peer) => client.unavailable.some(({ id }) => id === peer)", peer);
    Map<?, ?> first = (Map<?, ?>) page
        .evaluate("(peer) => client.unavailable.find(({ id }) => id === peer)", peer);
    return (String) first.get("reason");
  }

  List<String> errors() {
    return strings(page.evaluate("client.errors"));
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private void await(String condition, Object argument) {
    page.waitForFunction(condition, argument);
  }
}
