package dev.parley.bench.wire;

/**
 * The messages that clients and servers of PeerJS exchange here; without blanks, as they write
 * them.
 */
public final class PeerJsOffer {

  /** What a server says first. */
  public static final String OPEN = "{\"type\":\"OPEN\"}";

  private PeerJsOffer() {}

  /** An offer as its sender writes it. */
  static String sent(String from, String to) {
    return "{\"type\":\"OFFER\",\"dst\":\"" + to + "\",\"payload\":" + payload(from) + "}";
  }

  /** The same as a server passes it on. */
  static String received(String from, String to) {
    return "{\"type\":\"OFFER\",\"src\":\"" + from + "\",\"dst\":\"" + to + "\",\"payload\":"
        + payload(from) + "}";
  }

  /** An answer as the gateway passes it on for a peer of another dialect. */
  static String answer(String from, String to) {
    return "{\"type\":\"ANSWER\",\"src\":\"" + from + "\",\"dst\":\"" + to
        + "\",\"payload\":{\"sdp\":{\"type\":\"answer\",\"sdp\":\"" + SessionDescription.JSON_TEXT
        + "\"},\"type\":\"data\",\"connectionId\":\"dc_" + to + "\"}}";
  }

  private static String payload(String from) {
    String connection = "dc_" + from;
    return "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + SessionDescription.JSON_TEXT
        + "\"},\"type\":\"data\",\"connectionId\":\"" + connection + "\",\"label\":\"" + connection
        + "\",\"reliable\":false,\"serialization\":\"binary\"}";
  }
}
