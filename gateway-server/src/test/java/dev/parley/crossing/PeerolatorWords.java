package dev.parley.crossing;

/** Messages to and from Peerolator's peers, for the steps of a scene. */
final class PeerolatorWords {

  private PeerolatorWords() {}

  static String says(String to, String type, String message) {
    return "{\"to\":\"" + to + "\",\"type\":\"" + type + "\",\"message\":" + message + "}";
  }

  static String hears(String from, String to, String type, String message) {
    return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"type\":\"" + type
        + "\",\"message\":" + message + "}";
  }

  static String joined(String server, String peer) {
    return hears("0", server, "PEER_JOINED", "{\"id\":\"" + peer + "\"}");
  }

  static String gone(String to, String peer) {
    return hears("0", to, "PEER_GONE", "{\"id\":\"" + peer + "\"}");
  }

  static String unavailable(String peer, String to, String conversation, String reason) {
    return hears(peer, to, "UNAVAILABLE",
        "{\"id\":\"" + peer + "\",\"conversation\":\"" + conversation + "\",\"reason\":\"" + reason
            + "\"}");
  }

  /** The message of an offer, by the convention. */
  static String offer(String conversation, String sdp) {
    return "{\"type\":\"offer\",\"sdp\":\"" + sdp + "\",\"media\":\"data\",\"conversation\":\""
        + conversation + "\"}";
  }

  /** The same with the other fields of a PeerJS client. */
  static String offerOfPeerJs(String conversation, String sdp) {
    return "{\"type\":\"offer\",\"sdp\":\"" + sdp + "\",\"media\":\"data\",\"label\":\"chat\","
        + "\"reliable\":true,\"serialization\":\"json\",\"metadata\":{\"x\":1},\"conversation\":\""
        + conversation + "\"}";
  }

  static String answer(String conversation, String sdp) {
    return "{\"type\":\"answer\",\"sdp\":\"" + sdp + "\",\"media\":\"data\",\"conversation\":\""
        + conversation + "\"}";
  }

  static String candidate(String conversation, String candidate) {
    return "{\"candidate\":" + candidate + ",\"conversation\":\"" + conversation + "\"}";
  }
}
