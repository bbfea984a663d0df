package dev.parley.crossing;

/** Messages to and from PeerJS clients, for the steps of a scene. */
final class PeerJsWords {

  private PeerJsWords() {}

  static String says(String type, String to, String payload) {
    return "{\"type\":\"" + type + "\",\"dst\":\"" + to + "\",\"payload\":" + payload + "}";
  }

  static String hears(String type, String from, String to, String payload) {
    return "{\"type\":\"" + type + "\",\"src\":\"" + from + "\",\"dst\":\"" + to
        + "\",\"payload\":" + payload + "}";
  }

  static String expire(String from, String to) {
    return "{\"type\":\"EXPIRE\",\"src\":\"" + from + "\",\"dst\":\"" + to + "\"}";
  }

  static String leave(String from, String to) {
    return "{\"type\":\"LEAVE\",\"src\":\"" + from + "\",\"dst\":\"" + to + "\"}";
  }

  /** The payload of an offer of the library. */
  static String offer(String connectionId, String sdp) {
    return "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + sdp
        + "\"},\"type\":\"data\",\"connectionId\":\""
        + connectionId + "\",\"metadata\":{\"x\":1},\"label\":\"chat\",\"reliable\":true,"
        + "\"serialization\":\"json\"}";
  }

  /** The payload of an offer that the gateway has translated. */
  static String translatedOffer(String connectionId, String sdp) {
    return "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + sdp
        + "\"},\"type\":\"data\",\"connectionId\":\""
        + connectionId + "\",\"label\":\"" + connectionId
        + "\",\"reliable\":true,\"serialization\":\"raw\"}";
  }

  /** The same of an offer of audio or video. */
  static String translatedCall(String connectionId, String sdp) {
    return "{\"sdp\":{\"type\":\"offer\",\"sdp\":\"" + sdp
        + "\"},\"type\":\"media\",\"connectionId\":\""
        + connectionId + "\"}";
  }

  static String answer(String connectionId, String sdp) {
    return "{\"sdp\":{\"type\":\"answer\",\"sdp\":\"" + sdp + "\"},\"type\":\""
        + (connectionId.startsWith("mc_") ? "media" : "data") + "\",\"connectionId\":\""
        + connectionId + "\"}";
  }

  static String candidate(String connectionId, String candidate) {
    return "{\"candidate\":" + candidate + ",\"type\":\"data\",\"connectionId\":\"" + connectionId
        + "\"}";
  }
}
