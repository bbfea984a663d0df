package dev.parley.calling;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The names of the events on which the original's text and the original itself differ. */
public enum CallingEventNames {
  /** As the original sends them. */
  @JsonProperty("actual") ACTUAL("ns_user_update", "ns_room_peer_"),
  /** As its protocol text names them. */
  @JsonProperty("documented") DOCUMENTED("user_update", "ns_room_user_");

  private final String userUpdate;
  private final String roomPeer;

  CallingEventNames(String userUpdate, String roomPeer) {
    this.userUpdate = userUpdate;
    this.roomPeer = roomPeer;
  }

  /** The status of a user in a namespace changed. */
  String userUpdate() {
    return userUpdate;
  }

  /** The prefix of events about a member of a room in a namespace. */
  String roomPeer() {
    return roomPeer;
  }
}
