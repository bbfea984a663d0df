package dev.parley.group;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;

/**
 * How much there may be of everything that users make. At a limit the command is refused, and
 * nothing changes.
 *
 * @param nameLength longest name of a room or a namespace, in characters
 * @param status biggest status of a user, of a member in a room, or of a room as a whole
 * @param rooms rooms of a realm, those with nobody in them included
 * @param membersPerRoom members of one room, pending and foreign ones included
 * @param roomsPerUser rooms that one user is a member of, or is invited to
 * @param namespacesPerUser namespaces that one user is subscribed to, and as many that it is
 *     registered in
 * @param namespacesPerRoom namespaces that one room is registered in
 * @param invitationsPerUser open invitations of one user, those that it sent and those that it got
 */
public record GroupLimits(
    int nameLength,
    ByteSize status,
    int rooms,
    int membersPerRoom,
    int roomsPerUser,
    int namespacesPerUser,
    int namespacesPerRoom,
    int invitationsPerUser) {

  /** Far above what applications need, and far below what would hurt a node. */
  public static final GroupLimits DEFAULT =
      new GroupLimits(256, ByteSize.ofKiB(16), 100_000, 1000, 100, 100, 20, 100);

  /** Refuses limits that allow nothing. */
  public GroupLimits {
    atLeastOne("nameLength", nameLength);
    atLeastOne("rooms", rooms);
    atLeastOne("membersPerRoom", membersPerRoom);
    atLeastOne("roomsPerUser", roomsPerUser);
    atLeastOne("namespacesPerUser", namespacesPerUser);
    atLeastOne("namespacesPerRoom", namespacesPerRoom);
    atLeastOne("invitationsPerUser", invitationsPerUser);
    // The empty object, which every dialect begins with, has two bytes.
    if (status.bytes() < 2) {
      throw new ConfigurationException("status", status.toString(), "a size from 2");
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new ConfigurationException(key, Integer.toString(value), "a whole number from 1");
    }
  }
}
