package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** One page with one client of rtc-lib, a user of the calling dialect. */
final class RtcLibClient implements Talker {

  private final Page page;

  RtcLibClient(Page page) {
    this.page = page;
  }

  /** Connects and waits for its id. */
  RtcLibClient open(URI address) {
    page.evaluate("(url) => client.open(url)", address.toString());
    await("() => client.id !== undefined", null);
    return this;
  }

  @Override
  public String id() {
    return (String) page.evaluate("client.id");
  }

  /** Invitations are denied from now on. */
  RtcLibClient deniesInvitations() {
    page.evaluate("() => { client.accepts = false; }");
    return this;
  }

  /** Enters a room, which is there for others when this returns. */
  void join(String room) {
    page.evaluate("(room) => client.join(room).then(() => undefined)", room);
  }

  void leave(String room) {
    page.evaluate("(room) => client.leave(room)", room);
  }

  /** Invites somebody into a room that this client is in. */
  void invite(String room, String other) {
    page.evaluate("([room, other]) => client.invite(room, other)", List.of(room, other));
  }

  /** Waits for the answer to an invitation. */
  boolean awaitResponse(String other) {
    await("(other) => client.contacts.get(other)?.response !== undefined", other);
    return (boolean) page.evaluate("(other) => client.contacts.get(other).response", other);
  }

  /** Waits for the first invitation; what came with it. */
  Map<?, ?> awaitInvitation() {
    await("() => client.invitations.length > 0", null);
    return (Map<?, ?>) page.evaluate("client.invitations[0]");
  }

  void setStatus(String key, String value) {
    page.evaluate("(status) => client.setStatus(status)", Map.of(key, value));
  }

  void awaitStatus(String other, String key, String value) {
    await("([other, key, value]) => client.contacts.get(other)?.status?.[key] === value",
        List.of(other, key, value));
  }

  /** Waits until the other one is no member of the room any more. */
  void awaitLeft(String other) {
    await("(other) => client.contacts.get(other)?.left === true", other);
  }

  @Override
  public void connect(String other) {
    page.evaluate("(other) => { client.connect(other); }", other);
  }

  @Override
  public void awaitConnected(String channel) {
    await("(other) => client.contacts.get(other)?.channel !== undefined", channel);
  }

  @Override
  public void say(String channel, Object message) {
    page.evaluate("([other, message]) => client.say(other, message)", List.of(channel, message));
  }

  @Override
  public Object hear(String channel) {
    await("(other) => client.contacts.get(other)?.received.length > 0", channel);
    return page.evaluate("(other) => client.hear(other)", channel);
  }

  @Override
  public void close(String channel) {
    page.evaluate("(other) => client.close(other)", channel);
  }

  @Override
  public void awaitClosed(String channel) {
    await("(other) => client.contacts.get(other)?.closed === true", channel);
  }

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
  public void closePage() {
    page.close();
  }

  @Override
  public RemotePicture picture(String channel) {
    return new RemotePicture(page, "client.contacts.get('" + channel + "')?.picture");
  }

  private void await(String condition, Object argument) {
    page.waitForFunction(condition, argument);
  }
}
