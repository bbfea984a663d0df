package dev.parley.bench.wire;

/** The messages that clients of a linkup broker exchange with it here. */
final class LinkupSignal {

  private LinkupSignal() {}

  /** Registers an id. */
  static String register(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"register\",\"params\":{\"id\":\"" + id
        + "\"}}";
  }

  /** The answer to that. */
  static String registered(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"r\",\"result\":\"" + id + "\",\"error\":null}";
  }

  /**
   * A signal, as it is sent and as it arrives.
   *
   * @param type {@code offer} or {@code answer}
   */
  static String of(String type, String from, String to) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"signal\",\"params\":{\"from\":\"" + from
        + "\",\"to\":\"" + to + "\",\"signal\":{\"type\":\"" + type + "\",\"sdp\":\""
        + SessionDescription.JSON_TEXT + "\"}}}";
  }
}
