package dev.parley.crossing;

/** Messages to and from linkup clients, for the steps of a scene. */
final class LinkupWords {

  /** Suffix of a peer's id in a second conversation, within a JSON text. */
  static final String SECOND = called(2);

  private LinkupWords() {}

  /** As {@link #SECOND}, in another conversation than the first. */
  static String called(int conversation) {
    return "#" + conversation + "\\u001f";
  }

  /** A signal in the released form; it looks the same to its sender and to its recipient. */
  static String signal(String from, String to, String signal) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"signal\",\"params\":{\"from\":\"" + from
        + "\",\"to\":\"" + to + "\",\"signal\":" + signal + "}}";
  }

  /** A signal in the older form. */
  static String enveloped(String from, String to, String signal) {
    return "{\"message\":{\"type\":\"signal\",\"from\":\"" + from + "\",\"to\":\"" + to
        + "\",\"signal\":" + signal + "}}";
  }

  /** A JSON text as a JSON string. */
  static String packed(String json) {
    return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String exists(String id, String peer) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"exists\",\"params\":{\"id\":\""
        + peer + "\"}}";
  }

  static String result(String id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":" + result + ",\"error\":null}";
  }

  static String offer(String sdp) {
    return "{\"type\":\"offer\",\"sdp\":\"" + sdp + "\"}";
  }

  static String answer(String sdp) {
    return "{\"type\":\"answer\",\"sdp\":\"" + sdp + "\"}";
  }

  static String candidate(String candidate) {
    return "{\"type\":\"candidate\",\"candidate\":" + candidate + "}";
  }
}
