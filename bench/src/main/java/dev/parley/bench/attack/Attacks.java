package dev.parley.bench.attack;

import java.util.List;

/** All attacks. Another one is another entry. */
public final class Attacks {

  /** In the order in which they are played. */
  public static final List<Attack> ALL = List.of(
      new Attack("tiny-fragments",
          "two connections send messages of 256 KiB in fragments of one byte, 8 Mbit/s each", 1,
          ConnectionAttacks::tinyFragments),
      new Attack("empty-frames",
          "one sends pings, another one empty parts of a message that never ends", 1,
          ConnectionAttacks::emptyFrames),
      new Attack("colliding-ids",
          "15 peers send 14,400 offers, and more, to ids of one hash code", 1,
          PeerAttacks::collidingIds),
      new Attack("colliding-rooms", "80 users make 8,000 rooms whose names have one hash code", 1,
          RoomAttacks::collidingRooms),
      new Attack("burst-to-a-victim",
          "10 MB at once to a peer on 20 Mbit/s, and then a claim of its id", 1,
          PeerAttacks::burstToAVictim),
      new Attack("callers-of-a-slow-reader",
          "200 callers, with trickled candidates, of a host on 20 Mbit/s", 0.5,
          PeerAttacks::callersOfASlowReader),
      new Attack("rooms-that-nobody-is-in",
          "24 users make rooms with a status of 16 KB, and leave them", 2,
          RoomAttacks::roomsThatNobodyIsIn),
      new Attack("rooms-of-a-realm",
          "24 users at a time make as many rooms as a realm may have, and leave them", 2,
          RoomAttacks::roomsOfARealm),
      new Attack("unfinished-messages",
          "918 connections begin a message of 250 kB and go on with pongs", 1,
          ConnectionAttacks::unfinishedMessages),
      new Attack("padded-offers",
          "six peers send offers of 250 kB that are blanks to peers that are not there", 1,
          PeerAttacks::paddedOffers),
      new Attack("statuses-in-many-rooms",
          "a member of 60 rooms, with 150 members each, sends ten statuses of 16 KB", 2,
          RoomAttacks::statusesInManyRooms),
      new Attack("statuses-in-many-namespaces",
          "a user sends 16 KB/s of statuses to 60 subscribers of its 100 namespaces", 1.5,
          RoomAttacks::statusesInManyNamespaces),
      new Attack("joining-a-full-room",
          "998 users with statuses of 1.1 KB join a room, and an honest one follows", 1,
          RoomAttacks::joiningAFullRoom),
      new Attack("invitations", "100 invitations to a user, who then wants to join a room", 0.5,
          RoomAttacks::invitations),
      new Attack("odd-handshakes",
          "complete requests that are nearly handshakes, 20 at a time", 1,
          ConnectionAttacks::oddHandshakes),
      new Attack("many-requests-in-one-write", "3,000 small requests in one write", 1.2,
          ConnectionAttacks::manyRequestsInOneWrite),
      new Attack("silent-connections",
          "1,000 connections that say nothing, or a letter in a second", 1.2,
          ConnectionAttacks::silentConnections),
      new Attack("slow-readers", "50 peers that read nothing are sent as much as goes", 1,
          PeerAttacks::slowReaders));

  private Attacks() {}

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Attack named(String name) {
    return ALL.stream().filter(attack -> attack.name().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no attack: " + name));
  }
}
