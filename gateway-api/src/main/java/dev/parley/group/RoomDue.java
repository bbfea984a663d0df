package dev.parley.group;

/**
 * The deadline of an empty room. Has no effect if a member has joined meanwhile.
 *
 * @param emptied counts the times that the room has become empty: the one that this deadline is for
 */
public record RoomDue(String realm, String room, long emptied) implements GroupCommand {}
