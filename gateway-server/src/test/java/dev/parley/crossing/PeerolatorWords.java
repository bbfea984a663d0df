package dev.parley.crossing;

/** What Peerolator's peers send and get, as the steps of a scene have it. */
final class PeerolatorWords {

  private PeerolatorWords() {}

  static String hello(String name) {
    return "{\"from\":\"0\",\"to\":\"<?" + name + ">\",\"type\":\"HELLO\",\"message\":{\"id\":\"<?"
        + name + ">\"}}";
  }

  static String joined(String server, String peer) {
    return relay(server, "PEER_JOINED", peer);
  }

  static String gone(String told, String peer) {
    return relay(told, "PEER_GONE", peer);
  }

  private static String relay(String to, String type, String about) {
    return hears("0", "<" + to + ">", type, "{\"id\":\"<" + about + ">\"}");
  }

  static String says(String to, String type, String message) {
    return "{\"to\":\"" + to + "\",\"type\":\"" + type + "\",\"message\":" + message + "}";
  }

  static String hears(String from, String to, String type, String message) {
    return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"type\":\"" + type
        + "\",\"message\":" + message + "}";
  }

  static String offer(String conversation, String sdp) {
    return description("offer", sdp, "", conversation);
  }

  static String answer(String conversation, String sdp) {
    return description("answer", sdp, "", conversation);
  }

  /**
   * A description as the gateway writes it.
   *
   * @param more members beside the usual ones, each with a comma before it
   */
  static String translated(String type, String sdp, String more, String conversation) {
    return description(type, sdp, ",\"media\":\"data\"" + more, conversation);
  }

  private static String description(String type, String sdp, String more, String conversation) {
    return "{\"type\":\"" + type + "\",\"sdp\":\"" + sdp + "\"" + more + ",\"conversation\":\""
        + conversation + "\"}";
  }

  static String candidate(String conversation, String candidate) {
    return "{\"candidate\":" + candidate + ",\"conversation\":\"" + conversation + "\"}";
  }

  static String about(String conversation) {
    return "{\"conversation\":\"" + conversation + "\"}";
  }

  static String unavailable(String peer, String to, String conversation, String reason) {
    return hears(peer, to, "UNAVAILABLE", "{\"id\":\"" + peer + "\",\"conversation\":\""
        + conversation + "\",\"reason\":\"" + reason + "\"}");
  }
}
