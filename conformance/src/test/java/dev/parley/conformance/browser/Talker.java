package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * A client in a page of its own, independent of its dialect: it opens channels to others and
 * exchanges JSON with them.
 *
 * <p>A channel is named by the other one's id; further ones with the same other one are
 * {@code id#2} and so on.
 */
interface Talker {

  /** Its page. */
  ClientPage page();

  /** The id under which others reach it. */
  String id();

  /** Starts to open a channel. */
  default void connect(String other) {
    page().start("connect", other);
  }

  /** Waits until the channel is open here, whichever side asked for it. */
  default void awaitConnected(String channel) {
    page().awaitLine(channel, "open");
  }

  /** Sends a value that JSON can express. */
  default void say(String channel, Object message) {
    page().run("say", channel, message);
  }

  /** Waits for the next message and consumes it. */
  default Object hear(String channel) {
    page().awaitLine(channel, "heard");
    return page().run("hear", channel);
  }

  /** Closes the channel here. */
  default void close(String channel) {
    page().run("close", channel);
  }

  /** Waits until this client's library has reported that the channel is closed. */
  default void awaitClosed(String channel) {
    page().awaitLine(channel, "closed");
  }

  /** Closes the page, without a message to the server or peers. */
  default void closePage() {
    page().close();
  }

  /** Calls and connections from now on have camera and microphone. */
  default void turnCameraOn() {
    page().run("turnCameraOn");
  }

  /** Calls with camera and microphone. */
  default void call(String other) {
    turnCameraOn();
    connect(other);
  }

  /** The picture of the other one that it calls, or that calls it. */
  default RemotePicture picture(String channel) {
    return page().picture(channel);
  }

  /**
   * Each sends a message over the channel between them, as soon as it is open, and the other one
   * receives it.
   */
  static void assertTheyTalk(Talker one, Talker other) {
    assertTheyTalk(one, other.id(), other, one.id());
  }

  /** The same over a channel of any name. */
  static void assertTheyTalk(Talker one, String channel, Talker other, String itsChannel) {
    one.awaitConnected(channel);
    other.awaitConnected(itsChannel);
    Map<String, Object> there =
        Map.of("text", "grüße 🌍 \"\\", "list", List.of(1, -2.5, true), "nested", Map.of());
    one.say(channel, there);
    assertThat(other.hear(itsChannel)).isEqualTo(there);
    List<String> back = List.of("back");
    other.say(itsChannel, back);
    assertThat(one.hear(channel)).isEqualTo(back);
  }
}
