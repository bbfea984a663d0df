package dev.parley.net.websocket;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.net.limits.Limits;
import java.util.function.Function;

/**
 * Shared by the WebSockets of one mounted dialect. Thread-safe.
 *
 * @param limits limits of clients
 * @param closeWords the dialect's close codes and texts
 * @param metrics counts connections of the dialect
 * @param handshakes counts rejected handshakes
 */
public record ConnectionSupport(
    Limits limits,
    Function<CloseReason, CloseWords> closeWords,
    ConnectionMetrics metrics,
    HandshakeMetrics handshakes) {}
