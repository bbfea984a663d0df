package dev.parley.bench.attack;

import java.util.Map;

/**
 * What an attack did, and what it got.
 *
 * @param attack its name
 * @param seconds how long it took
 * @param frames WebSocket frames that went out
 * @param bytesSent bytes that went out
 * @param bytesReceived bytes that came back
 * @param left bytes of what it made that the server keeps for others for a while, as its page of
 *     limits says: rooms that are empty for example
 * @param did what the attackers brought about: connections, rooms and the like
 * @param got what the server did to them: refused, closed, slowed
 * @param harm what it cost honest clients that were its victims; empty if nothing
 */
public record AttackResult(String attack, double seconds, long frames, long bytesSent,
    long bytesReceived, long left, Map<String, Long> did, Map<String, Long> got,
    Map<String, Long> harm) {}
