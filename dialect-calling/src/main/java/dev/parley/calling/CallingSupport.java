package dev.parley.calling;

import dev.parley.dialect.IceServers;
import dev.parley.dialect.ServerIds;
import java.util.UUID;

/** What all sessions of a mount on one node share. Any thread. */
record CallingSupport(
    String realm, CallingOptions options, CallingDecoder decoder, CallingEncoder encoder,
    CallingInterpreter interpreter, CallingRealmPeers realmPeers, ServerIds ids,
    IceServers iceServers) {

  /** A new id for a client that has none. */
  String newId() {
    return ids.newId(realm, () -> UUID.randomUUID().toString());
  }
}
