package dev.parley.crossing;

/** Messages to and from rtc-lib's clients, for the steps of a scene. */
final class CallingWords {

  private CallingWords() {}

  static String join(String room) {
    return "{\"type\":\"room_join\",\"room\":\"" + room + "\",\"tid\":0}";
  }

  static String leave(int tid, String room) {
    return "{\"type\":\"room_leave\",\"room\":\"" + room + "\",\"tid\":" + tid + "}";
  }

  static String invite(int tid, String room, String user) {
    return "{\"type\":\"invite_send\",\"room\":\"" + room + "\",\"user\":\"" + user
        + "\",\"data\":{},\"tid\":" + tid + "}";
  }

  static String accept(int tid, String handle) {
    return "{\"type\":\"invite_accept\",\"handle\":" + handle + ",\"status\":{},\"tid\":" + tid
        + "}";
  }

  static String deny(int tid, String handle) {
    return "{\"type\":\"invite_deny\",\"handle\":" + handle + ",\"tid\":" + tid + "}";
  }

  static String done(int tid) {
    return "{\"type\":\"answer\",\"tid\":" + tid + "}";
  }

  static String failed(int tid, String error) {
    return "{\"type\":\"answer\",\"tid\":" + tid + ",\"error\":\"" + error + "\"}";
  }

  static String invited(int tid, String handle) {
    return "{\"type\":\"answer\",\"tid\":" + tid + ",\"data\":{\"handle\":\"<?" + handle + ">\"}}";
  }

  static String responded(String handle, boolean accepted) {
    return "{\"type\":\"invite_response\",\"handle\":" + handle + ",\"accepted\":" + accepted + "}";
  }

  static String cancelled(String handle) {
    return "{\"type\":\"invite_cancelled\",\"handle\":" + handle + "}";
  }

  /** An invitation by a peer of another dialect to a room without other members. */
  static String incoming(
      String handle, String room, String from, String dialect, String data) {
    return "{\"type\":\"invite_incoming\",\"handle\":\"<?" + handle + ">\",\"room\":\"<?" + room
        + ">\",\"peers\":{\"" + from + "\":{\"pending\":false,\"status\":" + status(dialect)
        + "}},\"status\":{},\"sender\":\"" + from + "\",\"data\":" + data + "}";
  }

  /** A foreign peer as users see it. */
  static String status(String dialect) {
    return "{\"dialect\":\"" + dialect + "\"}";
  }

  static String added(String room, String user, String dialect, boolean pending) {
    return "{\"type\":\"room_peer_add\",\"room\":\"" + room + "\",\"user\":\"" + user
        + "\",\"pending\":" + pending + ",\"status\":" + status(dialect) + "}";
  }

  static String settled(String room, String user) {
    return "{\"type\":\"room_peer_update\",\"room\":\"" + room + "\",\"user\":\"" + user
        + "\",\"pending\":false}";
  }

  static String shown(String room, String user, String dialect) {
    return "{\"type\":\"room_peer_update\",\"room\":\"" + room + "\",\"user\":\"" + user
        + "\",\"status\":" + status(dialect) + "}";
  }

  static String removed(String room, String user) {
    return "{\"type\":\"room_peer_rm\",\"room\":\"" + room + "\",\"user\":\"" + user + "\"}";
  }

  static String says(int tid, String room, String to, String event, String data) {
    return "{\"type\":\"room_peer_to\",\"room\":\"" + room + "\",\"user\":\"" + to
        + "\",\"event\":\"" + event + "\",\"data\":" + data + ",\"tid\":" + tid + "}";
  }

  static String hears(String room, String from, String event, String data) {
    return "{\"type\":\"room_peer_from\",\"room\":\"" + room + "\",\"user\":\"" + from
        + "\",\"event\":\"" + event + "\",\"data\":" + data + "}";
  }

  /** A description, with the other fields of rtc-lib. */
  static String description(String type, String sdp, String streams, String channels) {
    return "{\"sdp\":\"" + sdp + "\",\"type\":\"" + type + "\",\"streams\":" + streams
        + ",\"channels\":" + channels + "}";
  }

  /** The offer of a data channel that is called {@code data}. */
  static String offer(String sdp) {
    return description("offer", sdp, "{}", "{\"data\":{\"ordered\":true}}");
  }

  /** The answer to it. */
  static String answer(String sdp) {
    return description("answer", sdp, "{}", "{\"data\":{\"ordered\":true}}");
  }
}
