package dev.parley.bench.attack;

import java.util.Map;

/**
 * The outcome of an attack.
 *
 * @param attack its name
 * @param seconds how long it took
 * @param frames WebSocket frames that went out
 * @param bytesSent bytes that went out
 * @param bytesReceived bytes that came back
 * @param left bytes of its data that the server retains for a while by design, such as empty rooms
 * @param did effects of the attackers: connections, rooms and the like
 * @param got reactions of the server: refused, closed, throttled
 * @param harm harm to honest clients that were its victims; empty if none
 */
public record AttackResult(String attack, double seconds, long frames, long bytesSent,
    long bytesReceived, long left, Map<String, Long> did, Map<String, Long> got,
    Map<String, Long> harm) {}
