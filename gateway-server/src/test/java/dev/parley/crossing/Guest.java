package dev.parley.crossing;

import static dev.parley.crossing.Fleet.candidate;

import dev.parley.testkit.Actor;

/**
 * A foreign peer as users of the calling dialect see it, and the messages between them and it in a
 * room, in their protocol.
 *
 * @param id its id, as in the steps of a scene
 * @param dialect its dialect
 */
record Guest(String id, String dialect) {

  /** The message that a user receives for a description of the foreign peer. */
  String told(String room, String description) {
    return CallingWords.hears(room, id, "signaling", description);
  }

  String toldCandidate(String room, int number) {
    return CallingWords.hears(room, id, "ice_candidate", candidate(number));
  }

  /** A message of a user to the foreign peer. */
  String tells(int tid, String room, String description) {
    return CallingWords.says(tid, room, id, "signaling", description);
  }

  String tellsCandidate(int tid, String room, int number) {
    return CallingWords.says(tid, room, id, "ice_candidate", candidate(number));
  }

  /** The user {@code c}, who is in the room {@code r} and has invited the foreign peer there. */
  Actor inviter(Fleet fleet) {
    return fleet.caller("c", "r")
        .sends(CallingWords.invite(1, "r", id))
        .gets(CallingWords.added("r", id, dialect, true), CallingWords.invited(1, "handle"),
            CallingWords.responded("<handle>", true), CallingWords.settled("r", id),
            CallingWords.shown("r", id, dialect));
  }
}
