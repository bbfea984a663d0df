package dev.parley.group;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;

/**
 * Limits of groups. A command that would exceed one is refused, and nothing changes.
 *
 * <p>The last quarter of what all users of a realm, a room, or a namespace share is reserved for
 * users who take little: see {@link #most}.
 *
 * @param nameLength longest name of a room or a namespace, in characters
 * @param status biggest status of a user, of a member in a room, or of a room as a whole
 * @param view bytes shown of one room, or of one namespace, to a user who joins or subscribes
 * @param bytes bytes of all records in one realm, about their size in memory
 * @param bytesPerUser bytes of the statuses of one user, each as often as it is stored
 * @param fanOut bytes that one command may write to all users together
 * @param rooms rooms of a realm, empty ones included
 * @param newRoomsPerMinute rooms that one user may create in a minute
 * @param membersPerRoom members of one room, foreign ones included, invited ones not
 * @param roomsPerUser rooms that one user is a member of; also, existing rooms that it has created
 * @param namespacesPerUser namespaces that one user is subscribed to; also, namespaces that it is
 *     registered in
 * @param namespacesPerRoom namespaces that one room is registered in; non-members may take a
 *     quarter of them
 * @param invitationsPerUser open invitations that one user has sent
 * @param invitationsPerPair open invitations of one user to one other
 * @param invitationsReceived open invitations to one user
 * @param invitationsPerRoom open invitations to one room
 */
public record GroupLimits(
    int nameLength,
    ByteSize status,
    ByteSize view,
    ByteSize bytes,
    ByteSize bytesPerUser,
    ByteSize fanOut,
    int rooms,
    int newRoomsPerMinute,
    int membersPerRoom,
    int roomsPerUser,
    int namespacesPerUser,
    int namespacesPerRoom,
    int invitationsPerUser,
    int invitationsPerPair,
    int invitationsReceived,
    int invitationsPerRoom) {

  /** Far above the needs of applications, and far below what would harm a node. */
  public static final GroupLimits DEFAULT =
      new GroupLimits(
          256,
          ByteSize.ofKiB(16),
          ByteSize.ofKiB(640),
          ByteSize.ofMiB(96),
          ByteSize.ofKiB(512),
          ByteSize.ofMiB(4),
          100_000,
          300,
          1000,
          100,
          100,
          20,
          100,
          5,
          200,
          100);

  /** A view, and the bytes of a user, hold at least so many statuses of the biggest size. */
  private static final int STATUSES = 4;

  /** Rejects limits that allow nothing, and contradictory ones. */
  public GroupLimits {
    atLeastOne("nameLength", nameLength);
    atLeastOne("rooms", rooms);
    atLeastOne("newRoomsPerMinute", newRoomsPerMinute);
    atLeastOne("membersPerRoom", membersPerRoom);
    atLeastOne("roomsPerUser", roomsPerUser);
    atLeastOne("namespacesPerUser", namespacesPerUser);
    atLeastOne("namespacesPerRoom", namespacesPerRoom);
    atLeastOne("invitationsPerUser", invitationsPerUser);
    atLeastOne("invitationsPerPair", invitationsPerPair);
    atLeastOne("invitationsReceived", invitationsReceived);
    atLeastOne("invitationsPerRoom", invitationsPerRoom);
    // The empty object, with which every dialect begins, has two bytes.
    if (status.bytes() < 2) {
      throw new ConfigurationException("status", status.toString(), "a size from 2");
    }
    holds("view", view, STATUSES, "status", status);
    holds("bytesPerUser", bytesPerUser, STATUSES, "status", status);
    holds("bytes", bytes, STATUSES, "bytesPerUser", bytesPerUser);
    holds("fanOut", fanOut, 1, "view", view);
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new ConfigurationException(key, Integer.toString(value), "a whole number from 1");
    }
  }

  private static void holds(String key, ByteSize size, int times, String of, ByteSize each) {
    if (size.bytes() / times < each.bytes()) {
      throw new ConfigurationException(
          key,
          size.toString(),
          "at least " + (times == 1 ? "" : times + " times ") + "limits.groups." + of + ", "
              + each);
    }
  }

  /**
   * The bound on a shared resource for one requester. Every user may take from the first three
   * quarters; the last quarter is reserved for those who take little, so that a few heavy users do
   * not lock the others out.
   *
   * @param bound the bound on the whole
   * @param isSmall whether the requester takes little
   */
  public static long most(long bound, boolean isSmall) {
    return isSmall ? bound : bound - bound / 4;
  }
}
