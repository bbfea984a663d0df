package dev.parley.conformance.calling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults of a server that are visible to its clients. */
enum Tampering {

  /** No fault. */
  NONE,

  /** A member leaves a room without an event. */
  LOSES_AN_EVENT,

  /** An invited user appears as a member. */
  ALTERS_AN_EVENT,

  /** An error has another text. */
  ALTERS_AN_ANSWER,

  /** An answer has an extra field. */
  ADDS_A_FIELD,

  /** A new status arrives after an event that should follow it. */
  SWAPS_EVENTS,

  /** An event is duplicated. */
  REPEATS_AN_EVENT;

  /** The messages of one connection. One thread. */
  final class Line {

    private @Nullable String held;

    /** The output for an incoming message. */
    List<String> passes(String message) {
      String late = held;
      if (late != null) {
        held = null;
        return List.of(message, late);
      }
      if (Tampering.this == SWAPS_EVENTS && is("room_peer_update", message)) {
        held = message;
        return List.of();
      }
      return tamperedWith(message);
    }
  }

  private List<String> tamperedWith(String message) {
    return switch (this) {
      case NONE, SWAPS_EVENTS -> List.of(message);
      case LOSES_AN_EVENT -> is("room_peer_rm", message) ? List.of() : List.of(message);
      case ALTERS_AN_EVENT -> List.of(is("room_peer_add", message)
          ? message.replace("\"pending\":true", "\"pending\":false") : message);
      case ALTERS_AN_ANSWER ->
          List.of(message.replace("You are not in the room", "You are not here"));
      case ADDS_A_FIELD -> List.of(is("answer", message)
          ? message.replace("\"peers\":{", "\"count\":0,\"peers\":{") : message);
      case REPEATS_AN_EVENT ->
          is("ns_user_rm", message) ? List.of(message, message) : List.of(message);
    };
  }

  private static boolean is(String type, String message) {
    return message.startsWith("{\"type\":\"" + type + "\"");
  }
}
