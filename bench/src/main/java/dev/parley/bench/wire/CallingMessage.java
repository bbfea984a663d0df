package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages that clients of calling-signaling exchange with their server here. */
final class CallingMessage {

  /** Other servers take any path. */
  static final String TARGET = "/calling";

  private static final Pattern HELLO =
      Pattern.compile("^\\{\"type\":\"hello\",\"id\":\"([^\"]+)\"");
  private static final byte[] ABOUT_MEMBERS =
      "{\"type\":\"room_peer_".getBytes(StandardCharsets.US_ASCII);

  private CallingMessage() {}

  /** Whether it is the greeting; if so, the client is called as that says. */
  static boolean greets(Party client, String message) {
    Matcher hello = HELLO.matcher(message);
    if (hello.find()) {
      client.isCalled(hello.group(1));
      return true;
    }
    return false;
  }

  /**
   * Joins a room.
   *
   * @param status a JSON object
   */
  static String join(int tid, String room, String status) {
    return "{\"type\":\"room_join\",\"room\":\"" + room + "\",\"status\":" + status + ",\"tid\":"
        + tid + "}";
  }

  /** Leaves a room. */
  static String leave(int tid, String room) {
    return "{\"type\":\"room_leave\",\"room\":\"" + room + "\",\"tid\":" + tid + "}";
  }

  /** An answer without data: all of it, and no other. */
  static String answer(int tid) {
    return "{\"type\":\"answer\",\"tid\":" + tid + "}";
  }

  /** How an answer with data begins; one that refuses does not. */
  static String answerWithData(int tid) {
    return "{\"type\":\"answer\",\"tid\":" + tid + ",\"data\":";
  }

  /** An offer, as its sender writes it. */
  static String sent(int tid, String room, String to) {
    return "{\"type\":\"room_peer_to\",\"room\":\"" + room + "\",\"user\":\"" + to + "\"," + offer()
        + ",\"tid\":" + tid + "}";
  }

  /** The same as it arrives. */
  static String received(String room, String from) {
    return "{\"type\":\"room_peer_from\",\"room\":\"" + room + "\",\"user\":\"" + from + "\","
        + offer() + "}";
  }

  private static String offer() {
    return "\"event\":\"signaling\",\"data\":{\"type\":\"offer\",\"sdp\":\""
        + SessionDescription.JSON_TEXT + "\"}";
  }

  /** Whether a message says that a user has joined. */
  static boolean hasJoined(String user, String message) {
    return message.startsWith("{\"type\":\"room_peer_add\"")
        && message.contains("\"user\":\"" + user + "\"");
  }

  /** Whether a message says that any user has joined or left. */
  static boolean isAboutMembers(byte[] bytes, int from, int to) {
    return begins(ABOUT_MEMBERS, bytes, from, to);
  }

  /** Whether a message begins so. */
  static boolean begins(byte[] beginning, byte[] bytes, int from, int to) {
    return to - from >= beginning.length
        && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
  }
}
