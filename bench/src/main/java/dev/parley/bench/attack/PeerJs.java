package dev.parley.bench.attack;

/** Messages of attackers in PeerJS' protocol. */
final class PeerJs {

  private PeerJs() {}

  /** The target of a peer. */
  static String target(String id, String token) {
    return "/peerjs?key=peerjs&id=" + id + "&token=" + token + "&version=1.5.5";
  }

  /** The socket of a peer of this id. */
  static Opening peer(String id, String source) {
    return Opening.of(target(id, "t" + id), source);
  }

  /** An offer with so many bytes of content. */
  static Burst offer(String to, int bytes) {
    return Burst.text("{\"type\":\"OFFER\",\"dst\":\"" + to + "\",\"payload\":{\"sdp\":\""
        + "v".repeat(bytes) + "\"}}");
  }

  /** An offer without content, and with so many blanks. */
  static Burst padded(String to, int blanks) {
    return Burst.text(
        "{\"type\":\"OFFER\",\"dst\":\"" + to + "\",\"payload\":{}" + " ".repeat(blanks) + "}");
  }

  /** A candidate. */
  static Burst candidate(String to, int number) {
    return Burst.text("{\"type\":\"CANDIDATE\",\"dst\":\"" + to
        + "\",\"payload\":{\"candidate\":{\"candidate\":\"candidate:" + number
        + " 1 udp 2122260223 192.0.2.17 54321 typ host generation 0 ufrag 9vKe network-id 1\","
        + "\"sdpMLineIndex\":0,\"sdpMid\":\"0\"},\"type\":\"data\",\"connectionId\":\"dc_1\"}}");
  }

  /** Whether the server has granted the id. */
  static boolean isOpen(String message) {
    return message.contains("\"OPEN\"");
  }

  static boolean isExpire(String message) {
    return message.contains("\"EXPIRE\"");
  }
}
