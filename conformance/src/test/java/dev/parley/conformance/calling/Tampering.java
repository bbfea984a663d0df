package dev.parley.conformance.calling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What can be wrong with a server, as far as its clients can see. */
enum Tampering {

  /** Nothing is. */
  NONE(message -> message, message -> false, 0),

  /** Nobody is told that somebody left a room. */
  LOSES_AN_EVENT(message -> "", message -> message.contains("\"room_peer_rm\""), 0),

  /** Who is invited looks as if it were there. */
  ALTERS_AN_EVENT(message -> message.replace("\"pending\":true", "\"pending\":false"),
      message -> message.contains("\"room_peer_add\""), 0),

  /** An error has another text. */
  ALTERS_AN_ANSWER(message -> message.replace("You are not in the room", "You are not here"),
      message -> true, 0),

  /** An answer has something that nobody asked for. */
  ADDS_A_FIELD(message -> message.replace("\"peers\":{", "\"count\":0,\"peers\":{"),
      message -> message.contains("\"answer\""), 0),

  /** A new status comes after what should have followed it. */
  SWAPS_EVENTS(message -> message, message -> message.contains("\"room_peer_update\""), 1),

  /** An event comes twice. */
  REPEATS_AN_EVENT(message -> message + "\n" + message,
      message -> message.contains("\"ns_user_rm\""), 0);

  private final UnaryOperator<String> change;
  private final Predicate<String> concerns;
  private final int late;

  Tampering(UnaryOperator<String> change, Predicate<String> concerns,
      int late) {
    this.change = change;
    this.concerns = concerns;
    this.late = late;
  }

  /** What is done to the messages of one connection. One thread. */
  final class Line {

    private final List<String> held = new ArrayList<>();

    /** What goes out when a message comes in. */
    List<String> passes(String message) {
      if (!concerns.test(message)) {
        List<String> out = new ArrayList<>(List.of(message));
        out.addAll(held);
        held.clear();
        return out;
      }
      if (held.size() < late) {
        held.add(message);
        return List.of();
      }
      List<String> out =
          new ArrayList<>(change.apply(message).lines().filter(line -> !line.isEmpty()).toList());
      out.addAll(held);
      held.clear();
      return out;
    }
  }
}
