package dev.parley.conformance.browser;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One client of rtc-lib, a user of the calling dialect.
 *
 * @param page where it is
 */
record RtcLibClient(ClientPage page) implements Talker {

  /** Connects and waits for its id. */
  RtcLibClient open(URI address) {
    page.run("open", address.toString());
    page.await("() => client.id !== undefined");
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

  /** Joins a room, which exists for others when this returns. */
  void join(String room) {
    page.evaluate("(room) => client.join(room).then(() => undefined)", room);
  }

  void leave(String room) {
    page.run("leave", room);
  }

  /** Invites another user into a room that this client is in. */
  void invite(String room, String other) {
    page.run("invite", room, other);
  }

  /** Waits for the answer to an invitation. */
  boolean awaitResponse(String other) {
    page.await("(other) => client.contacts.get(other)?.response !== undefined", other);
    return (boolean) page.evaluate("(other) => client.contacts.get(other).response", other);
  }

  /** Waits for the first invitation, and returns its data. */
  Map<?, ?> awaitInvitation() {
    page.await("() => client.invitations.length > 0");
    return (Map<?, ?>) page.evaluate("client.invitations[0]");
  }

  void setStatus(String key, String value) {
    page.run("setStatus", Map.of(key, value));
  }

  void awaitStatus(String other, String key, String value) {
    page.await("([other, key, value]) => client.contacts.get(other)?.status?.[key] === value",
        List.of(other, key, value));
  }

  /** Waits until the other one is no member of the room any more. */
  void awaitLeft(String other) {
    page.await("(other) => client.contacts.get(other)?.left === true", other);
  }
}
