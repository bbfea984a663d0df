package dev.parley.peerjs;

import dev.parley.dialect.Counters.EventCounter;
import dev.parley.dialect.ServerIds;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all sessions of the dialect on one node share. Any thread.
 *
 * @param options what was configured
 * @param expireTimeout {@link PeerJsOptions#expireTimeout} as a duration
 * @param decoder reads messages of clients
 * @param interpreter reads payloads
 * @param clientLimit counts clients against {@code concurrent_limit}
 * @param takeOvers damps clients that fight for an id
 * @param ignored counts ignored messages
 * @param ids makes ids for clients that ask for one
 * @param nanoTime the clock
 */
record PeerJsSupport(
    PeerJsOptions options,
    Duration expireTimeout,
    PeerJsDecoder decoder,
    PeerJsInterpreter interpreter,
    PeerJsClientLimit clientLimit,
    PeerJsTakeOvers takeOvers,
    EventCounter<PeerJsIgnoredCause> ignored,
    ServerIds ids,
    LongSupplier nanoTime) {

  /** A new id for a client of a realm. */
  String newId(String realm) {
    return ids.newId(realm, options.generateClientId()::next);
  }
}
