package dev.parley.net;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import java.util.function.Function;

/**
 * Shared by the WebSockets of one {@link MountedDialect}. Thread-safe.
 *
 * @param limits limits of clients
 * @param closeWords the dialect's close codes and texts
 * @param metrics counts connections of the dialect
 * @param handshakes counts rejected handshakes
 */
record ConnectionSupport(
    Limits limits,
    Function<CloseReason, CloseWords> closeWords,
    ConnectionMetrics metrics,
    HandshakeMetrics handshakes) {}
