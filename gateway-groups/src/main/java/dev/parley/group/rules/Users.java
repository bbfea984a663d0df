package dev.parley.group.rules;

import static dev.parley.group.rules.Part.COUNTER;
import static dev.parley.group.rules.Part.INVITATION;
import static dev.parley.group.rules.Part.MADE;
import static dev.parley.group.rules.Part.MEMBERSHIP;
import static dev.parley.group.rules.Part.ONLY;
import static dev.parley.group.rules.Part.PROFILE;
import static dev.parley.group.rules.Part.REGISTRATION;
import static dev.parley.group.rules.Part.SUBSCRIPTION;

import dev.parley.group.rules.Value.Invitation;
import dev.parley.group.rules.Value.Json;
import dev.parley.group.rules.Value.Position;
import dev.parley.signal.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records of users: who is here, and what each takes part in. */
record Users(Ledger ledger, String realm) {

  /** Numbers what a user takes part in. */
  private static final String POSITIONS = "positions";

  /** Numbers a user's invitations, in and out. */
  private static final String HANDLES = "handles";

  /** Counts the bytes of a user's statuses, each as often as it is kept. */
  private static final String BYTES = "bytes";

  private static final Position HERE = new Position(0);

  /** Something that a user takes part in, and that its status is shown in. */
  sealed interface Attachment {

    record Membership(String room) implements Attachment {}

    record Registration(String namespace) implements Attachment {}
  }

  /** An open invitation, and the handle by which its owner knows it. */
  record Open(long handle, Invitation invitation) {}

  RecordKey key(String user) {
    return new RecordKey(realm, RecordKind.USER, user);
  }

  boolean isHere(String user) {
    return ledger.value(key(user), PROFILE, ONLY) != null;
  }

  /** What the user says of itself; to be asked only of one who is here. */
  Bytes status(String user) {
    return Objects.requireNonNull(ledger.value(key(user), PROFILE, ONLY), "the user is not here")
        .json();
  }

  /** The user is here, or says something else of itself. */
  void put(String user, Bytes status) {
    ledger.put(key(user), PROFILE, ONLY, new Json(status));
  }

  /** Forgets the user; what it takes part in must have been ended before. */
  void remove(String user) {
    ledger.clear(key(user), PROFILE);
    ledger.clear(key(user), MADE);
    ledger.clear(key(user), COUNTER);
  }

  /** Where the user's status is shown, in the order in which it came there. */
  List<Attachment> attachments(String user) {
    record Placed(Attachment attachment, long at) {}
    List<Placed> placed = new ArrayList<>();
    ledger.values(key(user), MEMBERSHIP).forEach((room, position) -> placed
        .add(new Placed(new Attachment.Membership(room), position.at())));
    ledger.values(key(user), REGISTRATION).forEach((namespace, position) -> placed
        .add(new Placed(new Attachment.Registration(namespace), position.at())));
    placed.sort(Comparator.comparingLong(Placed::at));
    return placed.stream().map(Placed::attachment).toList();
  }

  /** How many rooms the user is a member of; those that it is only invited to do not count. */
  int rooms(String user) {
    return ledger.values(key(user), MEMBERSHIP).size() - received(user);
  }

  /** How many rooms the user has made that are still there. */
  int made(String user) {
    return ledger.values(key(user), MADE).size();
  }

  /** The user has made a room. */
  void addMade(String user, String room) {
    ledger.put(key(user), MADE, room, HERE);
  }

  /** A room is gone; its maker may be, too, and may be back without it. */
  void removeMade(String user, String room) {
    if (ledger.value(key(user), MADE, room) != null) {
      ledger.remove(key(user), MADE, room);
    }
  }

  /** How many bytes the user's statuses have, each as often as it is kept. */
  long bytes(String user) {
    return ledger.count(key(user), BYTES);
  }

  /** The user's statuses have so many bytes more, or less. */
  void addBytes(String user, long bytes) {
    ledger.add(key(user), BYTES, bytes);
  }

  void addRoom(String user, String room) {
    ledger.put(key(user), MEMBERSHIP, room, nextPosition(user));
  }

  void removeRoom(String user, String room) {
    ledger.remove(key(user), MEMBERSHIP, room);
  }

  boolean isRegistered(String user, String namespace) {
    return ledger.value(key(user), REGISTRATION, namespace) != null;
  }

  int registrations(String user) {
    return ledger.values(key(user), REGISTRATION).size();
  }

  void addRegistration(String user, String namespace) {
    ledger.put(key(user), REGISTRATION, namespace, nextPosition(user));
  }

  void removeRegistration(String user, String namespace) {
    ledger.remove(key(user), REGISTRATION, namespace);
  }

  boolean isSubscribed(String user, String namespace) {
    return ledger.value(key(user), SUBSCRIPTION, namespace) != null;
  }

  /** The namespaces that the user is subscribed to. */
  List<String> subscriptions(String user) {
    return List.copyOf(ledger.values(key(user), SUBSCRIPTION).keySet());
  }

  void addSubscription(String user, String namespace) {
    ledger.put(key(user), SUBSCRIPTION, namespace, nextPosition(user));
  }

  void removeSubscription(String user, String namespace) {
    ledger.remove(key(user), SUBSCRIPTION, namespace);
  }

  @Nullable
  Invitation invitation(String user, long handle) {
    return ledger.value(key(user), INVITATION, Long.toString(handle));
  }

  /** How many open invitations the user has sent. */
  int sent(String user) {
    Map<String, Invitation> all = ledger.values(key(user), INVITATION);
    return all.isEmpty() ? 0 : all.size() - received(user);
  }

  /** How many open invitations the user has sent to one other. */
  int sent(String user, String invited) {
    int sent = 0;
    for (Invitation each : ledger.values(key(user), INVITATION).values()) {
      if (each.outgoing() && each.peer().equals(invited)) {
        sent++;
      }
    }
    return sent;
  }

  /** How many open invitations the user has got: a pending membership each. */
  int received(String user) {
    int received = 0;
    for (Invitation each : ledger.values(key(user), INVITATION).values()) {
      if (!each.outgoing()) {
        received++;
      }
    }
    return received;
  }

  /** The open invitations that the user sent, or those that it got, the oldest first. */
  List<Open> invitations(String user, boolean outgoing) {
    List<Open> open = new ArrayList<>();
    ledger.values(key(user), INVITATION).forEach((handle, invitation) -> {
      if (invitation.outgoing() == outgoing) {
        open.add(new Open(Long.parseLong(handle), invitation));
      }
    });
    open.sort(Comparator.comparingLong(Open::handle));
    return open;
  }

  /** The handle for the user's next invitation. */
  long takeHandle(String user) {
    long handle = ledger.count(key(user), HANDLES);
    ledger.add(key(user), HANDLES, 1);
    return handle;
  }

  void addInvitation(String user, long handle, Invitation invitation) {
    ledger.put(key(user), INVITATION, Long.toString(handle), invitation);
  }

  void removeInvitation(String user, long handle) {
    ledger.remove(key(user), INVITATION, Long.toString(handle));
  }

  private Position nextPosition(String user) {
    long position = ledger.count(key(user), POSITIONS);
    ledger.add(key(user), POSITIONS, 1);
    return new Position(position);
  }
}
