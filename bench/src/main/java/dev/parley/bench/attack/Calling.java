package dev.parley.bench.attack;

/** Requests of attackers in calling's protocol. */
final class Calling {

  /** The tid of requests whose answers are ignored. */
  private static final int ANY = 0;

  /** The tid of requests whose answers count. */
  private static final int COUNTED = 1;

  private static final String TARGET = "/calling";

  private Calling() {}

  static Opening user(String source) {
    return Opening.of(TARGET, source);
  }

  /** A status of about so many bytes. */
  static String status(int bytes) {
    return "{\"s\":\"" + "s".repeat(bytes) + "\"}";
  }

  /** Joins a room; the answer counts, see {@link #isDone}. */
  static Burst join(String room, String status) {
    return request(COUNTED, "room_join", "\"room\":\"" + room + "\",\"status\":" + status);
  }

  static Burst leave(String room) {
    return request(ANY, "room_leave", "\"room\":\"" + room + "\"");
  }

  /** Sets a value of a room. */
  static Burst roomStatus(String room, int bytes) {
    return request(ANY, "room_status", "\"room\":\"" + room + "\",\"key\":\"k\",\"value\":\""
        + "s".repeat(bytes) + "\"");
  }

  /** Sets the status of a member of a room; the answer counts. */
  static Burst memberStatus(String room, String status) {
    return request(COUNTED, "room_peer_status",
        "\"room\":\"" + room + "\",\"status\":" + status);
  }

  /** Sets the status of the user, wherever it is; the answer counts. */
  static Burst status(String status) {
    return request(COUNTED, "status", "\"status\":" + status);
  }

  static Burst subscribe(String namespace) {
    return request(COUNTED, "ns_subscribe", "\"namespace\":\"" + namespace + "\"");
  }

  static Burst register(String namespace) {
    return request(COUNTED, "ns_user_register", "\"namespace\":\"" + namespace + "\"");
  }

  static Burst invite(String room, String user) {
    return request(COUNTED, "invite_send",
        "\"room\":\"" + room + "\",\"user\":\"" + user + "\",\"data\":{}");
  }

  /** Sends a ping. */
  static Burst ping() {
    return Burst.text("{\"type\":\"ping\",\"tid\":" + COUNTED + "}");
  }

  private static Burst request(int tid, String type, String fields) {
    return Burst.text("{\"type\":\"" + type + "\"," + fields + ",\"tid\":" + tid + "}");
  }

  /** Whether it is a good answer to a request whose answer counts. */
  static boolean isDone(String message) {
    return message.startsWith("{\"type\":\"answer\",\"tid\":" + COUNTED)
        && !message.contains("\"error\":");
  }

  /** Whether it is a refusal of a request whose answer counts. */
  static boolean isRefused(String message) {
    return message.startsWith("{\"type\":\"answer\",\"tid\":" + COUNTED)
        && message.contains("\"error\":");
  }

  /** The reason of a refusal. */
  static String error(String message) {
    String before = "\"error\":\"";
    int from = message.indexOf(before) + before.length();
    int to = message.indexOf('"', from);
    return message.substring(from, Math.max(from, to));
  }

  /** The id that the server gives to a user. */
  static String id(String hello) {
    String before = "\"id\":\"";
    int from = hello.indexOf(before) + before.length();
    return hello.substring(from, hello.indexOf('"', from));
  }

  static boolean isHello(String message) {
    return message.startsWith("{\"type\":\"hello\"");
  }
}
