package dev.parley.conformance.calling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An approximation of the members and invitations of rooms: good enough to draw requests that
 * mostly succeed, but no model of a server. Callers and rooms are named as in a {@link Step}.
 */
final class Attendance {

  private final Map<String, Set<String>> members = new TreeMap<>();
  private final List<Invitation> invitations = new ArrayList<>();

  /**
   * An invitation that may be open.
   *
   * @param tid of the request that sent it
   */
  record Invitation(int tid, String room, String from, String to) {}

  void joins(String who, String room) {
    members.computeIfAbsent(room, any -> new TreeSet<>()).add(who);
  }

  void leaves(String who, String room) {
    members.computeIfPresent(room, (any, all) -> {
      all.remove(who);
      return all;
    });
  }

  void isSent(Invitation invitation) {
    members.computeIfAbsent(invitation.room(), any -> new TreeSet<>());
    invitations.add(invitation);
  }

  void isOver(Invitation invitation) {
    invitations.remove(invitation);
  }

  void isGone(String who) {
    members.values().forEach(all -> all.remove(who));
    invitations.removeIf(one -> one.from().equals(who) || one.to().equals(who));
  }

  /** Rooms that have been made, in one order. */
  List<String> rooms() {
    return List.copyOf(members.keySet());
  }

  /** Rooms that a caller is in. */
  List<String> roomsOf(String who) {
    return rooms().stream().filter(room -> membersOf(room).contains(who)).toList();
  }

  /** The members of a room. */
  List<String> membersOf(String room) {
    return List.copyOf(members.getOrDefault(room, Set.of()));
  }

  /** Whether a caller is in a room or invited to it. */
  boolean isExpected(String who, String room) {
    return membersOf(room).contains(who)
        || invitations.stream().anyMatch(one -> one.room().equals(room) && one.to().equals(who));
  }

  /** Open invitations that a caller has sent. */
  List<Invitation> sentBy(String who) {
    return invitations.stream().filter(one -> one.from().equals(who)).toList();
  }

  /** Open invitations that a caller has got. */
  List<Invitation> sentTo(String who) {
    return invitations.stream().filter(one -> one.to().equals(who)).toList();
  }
}
