package dev.parley.peerjs;

import dev.parley.dialect.Counters.EventCounter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all connections of the dialect on one node share. Any thread.
 *
 * @param options what was configured
 * @param expireTimeout {@link PeerJsOptions#expireTimeout} as a duration
 * @param decoder reads what clients say
 * @param interpreter reads payloads
 * @param seats counts clients against their limit
 * @param takeOvers damps clients that fight for an id
 * @param ignored counts messages of which nothing follows
 * @param nanoTime the clock
 */
record PeerJsSupport(
    PeerJsOptions options,
    Duration expireTimeout,
    PeerJsDecoder decoder,
    PeerJsInterpreter interpreter,
    PeerJsClientLimit seats,
    PeerJsTakeOvers takeOvers,
    EventCounter<PeerJsIgnoredCause> ignored,
    LongSupplier nanoTime) {}
