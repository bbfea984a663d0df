package dev.parley.group;

import dev.parley.signal.Bytes;
import java.util.Map;

/**
 * A room, as a namespace shows it.
 *
 * @param status the room's status, a JSON object
 * @param peers its members, in order of arrival
 */
public record RoomView(Bytes status, Map<String, RoomPeer> peers) {}
