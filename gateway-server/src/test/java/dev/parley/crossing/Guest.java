package dev.parley.crossing;

import static dev.parley.crossing.Fleet.candidate;

import dev.parley.testkit.Actor;

/**
 * A peer of another dialect as users of the calling dialect see it, and what they and it say to
 * each other in a room, in their words.
 *
 * @param id its id, as the steps of a scene have it
 * @param dialect what it speaks
 */
record Guest(String id, String dialect) {

  /** The message that a user receives for a description of the foreign peer. */
  String told(String room, String description) {
    return CallingWords.hears(room, id, "signaling", description);
  }

  String toldCandidate(String room, int number) {
    return CallingWords.hears(room, id, "ice_candidate", candidate(number));
  }

  /** What a user says to the guest. */
  String tells(int tid, String room, String description) {
    return CallingWords.says(tid, room, id, "signaling", description);
  }

  String tellsCandidate(int tid, String room, int number) {
    return CallingWords.says(tid, room, id, "ice_candidate", candidate(number));
  }

  /** The user {@code c}, who is in the room {@code r} and has invited the guest there. */
  Actor inviter(Fleet fleet) {
    return fleet.caller("c", "r")
        .sends(CallingWords.invite(1, "r", id))
        .gets(CallingWords.added("r", id, dialect, true), CallingWords.invited(1, "handle"),
            CallingWords.responded("<handle>", true), CallingWords.settled("r", id),
            CallingWords.shown("r", id, dialect));
  }
}
