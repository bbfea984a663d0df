package dev.parley.net;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import java.util.function.Function;

/**
 * What the WebSockets of one {@link MountedDialect} share. Any thread.
 *
 * @param limits what clients may do, and how long they may take
 * @param closeWords how the dialect says why a connection is closed
 * @param metrics counts connections of the dialect
 * @param handshakes counts those that were not admitted
 */
record ConnectionSupport(
    Limits limits,
    Function<CloseReason, CloseWords> closeWords,
    ConnectionMetrics metrics,
    HandshakeMetrics handshakes) {}
