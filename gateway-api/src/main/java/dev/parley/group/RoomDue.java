package dev.parley.group;

/**
 * The time of a room with nobody in it is up. Nothing happens if somebody has come meanwhile.
 *
 * @param emptied which time of the room's being empty this is about
 */
public record RoomDue(String realm, String room, long emptied) implements GroupCommand {}
