package dev.parley.bench.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages that Peerolator's peers exchange here. */
final class PeerolatorMessage {

  private static final Pattern ID = Pattern.compile("\"message\":\\{\"id\":\"([^\"]+)\"");
  private static final Pattern CONVERSATION = Pattern.compile("\"conversation\":\"([^\"]+)\"");

  private PeerolatorMessage() {}

  /** Whether it is one of the relay's own. */
  static boolean is(String type, String message) {
    return message.contains("\"type\":\"" + type + "\",\"message\":{\"id\":");
  }

  /** The id that HELLO or PEER_JOINED is about. */
  static String id(String message) {
    return found(ID, message);
  }

  /** The conversation that an offer opens. */
  static String conversation(String message) {
    return found(CONVERSATION, message);
  }

  private static String found(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in: " + message);
    }
    return matcher.group(1);
  }

  /** A description as its sender writes it. */
  static String sent(String to, String type, String conversation) {
    return "{\"to\":\"" + to + "\",\"type\":\"" + type.toUpperCase(Locale.ROOT)
        + "\",\"message\":" + description(type, conversation) + "}";
  }

  /** The same as it arrives. */
  static String received(String from, String to, String type, String conversation) {
    return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"type\":\""
        + type.toUpperCase(Locale.ROOT) + "\",\"message\":" + description(type, conversation) + "}";
  }

  private static String description(String type, String conversation) {
    return "{\"type\":\"" + type + "\",\"sdp\":\"" + SessionDescription.JSON_TEXT
        + "\",\"conversation\":\"" + conversation + "\"}";
  }
}
