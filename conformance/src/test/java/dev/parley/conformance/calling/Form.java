package dev.parley.conformance.calling;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of a request, in the order of their checks.
 *
 * @param type the request
 * @param fields its own fields
 */
record Form(String type, List<Field> fields) {

  /** All requests. */
  static final List<Form> ALL = List.of(
      new Form("status", List.of(object("status"))),
      new Form("ns_subscribe", List.of(string("namespace"))),
      new Form("ns_unsubscribe", List.of(string("namespace"))),
      new Form("ns_user_register", List.of(string("namespace"))),
      new Form("ns_user_unregister", List.of(string("namespace"))),
      new Form("ns_room_register", List.of(string("namespace"), string("room"))),
      new Form("ns_room_unregister", List.of(string("namespace"), string("room"))),
      new Form("room_join", List.of(string("room").optional(), object("status").optional())),
      new Form("room_leave", List.of(string("room"))),
      new Form("room_status",
          List.of(string("room"), string("key"), new Field("check", "true", false))),
      new Form("room_peer_status", List.of(string("room"), object("status"))),
      new Form("room_peer_to",
          List.of(string("room"), string("user"), string("event"), object("data"))),
      new Form("invite_send", List.of(string("room"), string("user"), object("data"))),
      new Form("invite_cancel", List.of(number("handle"))),
      new Form("invite_accept", List.of(number("handle"), object("status"))),
      new Form("invite_deny", List.of(number("handle"))),
      new Form("ping", List.of()),
      new Form("remote_ping", List.of(number("time"))),
      new Form("remote_timeout", List.of(number("time"))));

  /** Examples of values of other types. */
  private static final Map<String, String> VALUES = Map.of("string", "'text'", "number", "5",
      "boolean", "true", "object", "{'a':1}", "array", "[1]");

  /**
   * A field.
   *
   * @param name its name
   * @param good a valid value
   * @param compulsory whether it has to be there
   */
  record Field(String name, String good, boolean compulsory) {

    Field optional() {
      return new Field(name, good, false);
    }

    /** Invalid values. An array counts as an object. */
    List<String> bad() {
      String own = switch (good.charAt(0)) {
        case '\'' -> "string";
        case '{' -> "object";
        case 't' -> "boolean";
        default -> "number";
      };
      return VALUES.entrySet().stream()
          .filter(value -> !value.getKey().equals(own))
          .filter(value -> !(own.equals("object") && value.getKey().equals("array")))
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  private static Field string(String name) {
    return new Field(name, "'<nothing>'", true);
  }

  private static Field object(String name) {
    return new Field(name, "{}", true);
  }

  private static Field number(String name) {
    return new Field(name, "77", true);
  }

  /** The request with a tid, and all its fields but for these values; an empty value leaves it out. */
  String with(int tid, Map<String, String> others) {
    return fields.stream()
        .map(field -> Map.entry(field.name(), others.getOrDefault(field.name(), field.good())))
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> ",'" + field.getKey() + "':" + field.getValue())
        .collect(Collectors.joining("", "{'type':'" + type + "','tid':" + tid, "}"));
  }

  @Override
  public String toString() {
    return type;
  }
}
