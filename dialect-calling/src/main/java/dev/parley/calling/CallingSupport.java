package dev.parley.calling;

/** What all sessions of a mount on one node share. Any thread. */
record CallingSupport(
    String realm, CallingOptions options, CallingDecoder decoder, CallingEncoder encoder,
    CallingInterpreter interpreter, CallingRealmPeers realmPeers) {}
