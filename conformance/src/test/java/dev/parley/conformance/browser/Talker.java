package dev.parley.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/**
 * A client in a page of its own, whatever its dialect, as far as they are all alike: it opens
 * channels to others and exchanges JSON with them.
 *
 * <p>A channel is named by the other one's id; further ones with the same other one are
 * {@code id#2} and so on.
 */
interface Talker {

  /** The id under which others reach it. */
  String id();

  /** Starts to open a channel. */
  void connect(String other);

  /** Waits until the channel, whoever asked for it, is open here. */
  void awaitConnected(String channel);

  /** Sends a value that JSON can express. */
  void say(String channel, Object message);

  /** Waits for the next message and takes it. */
  Object hear(String channel);

  /** Closes the channel here. */
  void close(String channel);

  /** Waits until this client's library has reported that the channel is closed. */
  void awaitClosed(String channel);

  /** Closes the page, which nobody is told of. */
  void closePage();

  /** Answers calls with camera and microphone from now on. */
  void turnCameraOn();

  /** Calls with camera and microphone. */
  void call(String other);

  /** What this client sees of the other one that it calls, or that calls it. */
  RemotePicture picture(String channel);

  /**
   * Each says something over the channel between them, as soon as it is open, and the other one
   * reads it.
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
