package dev.parley.group;

import dev.parley.signal.Bytes;

/**
 * A member of a room, as others see it.
 *
 * @param status its status in this room merged over its own, a JSON object
 * @param pending whether it is invited, and has not accepted yet
 */
public record RoomPeer(Bytes status, boolean pending) {}
