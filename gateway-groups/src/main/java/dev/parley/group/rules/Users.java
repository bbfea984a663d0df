package dev.parley.group.rules;

import static dev.parley.group.rules.FieldGroup.COUNTER;
import static dev.parley.group.rules.FieldGroup.INVITATION;
import static dev.parley.group.rules.FieldGroup.MADE;
import static dev.parley.group.rules.FieldGroup.MEMBERSHIP;
import static dev.parley.group.rules.FieldGroup.ONLY;
import static dev.parley.group.rules.FieldGroup.PROFILE;
import static dev.parley.group.rules.FieldGroup.REGISTRATION;
import static dev.parley.group.rules.FieldGroup.SUBSCRIPTION;

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

/** Typed access to the records of users: presence, and what each takes part in. */
record Users(RecordOverlay overlay, String realm) {

  /** Numbers what a user takes part in. */
  private static final String POSITIONS = "positions";

  /** Numbers a user's invitations, sent and received. */
  private static final String HANDLES = "handles";

  /** Counts the bytes of a user's statuses, each as often as it is stored. */
  private static final String BYTES = "bytes";

  private static final Position HERE = Position.of(0);

  /** A membership or registration of a user, which shows its status. */
  sealed interface Attachment {

    record Membership(String room) implements Attachment {}

    record Registration(String namespace) implements Attachment {}
  }

  /** An open invitation, and its handle for its owner. */
  record Open(long handle, Invitation invitation) {}

  RecordKey key(String user) {
    return new RecordKey(realm, RecordKind.USER, user);
  }

  boolean isHere(String user) {
    return overlay.value(key(user), PROFILE, ONLY) != null;
  }

  /** The user's status; only for a user who is present. */
  Bytes status(String user) {
    return Objects.requireNonNull(overlay.value(key(user), PROFILE, ONLY), "the user is not here")
        .json();
  }

  /** Makes the user present, or updates its status. */
  void put(String user, Bytes status) {
    overlay.put(key(user), PROFILE, ONLY, new Json(status));
  }

  /** Removes the user; everything that it takes part in must have ended before. */
  void remove(String user) {
    overlay.clear(key(user), PROFILE);
    overlay.clear(key(user), MADE);
    overlay.clear(key(user), COUNTER);
  }

  /** What shows the user's status, in the order in which it was added. */
  List<Attachment> attachments(String user) {
    record Placed(Attachment attachment, long at) {}
    List<Placed> placed = new ArrayList<>();
    overlay.values(key(user), MEMBERSHIP).forEach((room, position) -> placed
        .add(new Placed(new Attachment.Membership(room), position.at())));
    overlay.values(key(user), REGISTRATION).forEach((namespace, position) -> placed
        .add(new Placed(new Attachment.Registration(namespace), position.at())));
    placed.sort(Comparator.comparingLong(Placed::at));
    return placed.stream().map(Placed::attachment).toList();
  }

  /** The number of rooms that the user is a member of, without pending memberships. */
  int rooms(String user) {
    return overlay.values(key(user), MEMBERSHIP).size() - received(user);
  }

  /** The number of existing rooms that the user has created. */
  int made(String user) {
    return overlay.values(key(user), MADE).size();
  }

  /** The user has created a room. */
  void addMade(String user, String room) {
    overlay.put(key(user), MADE, room, HERE);
  }

  /** A room is gone. Its creator may have left, and may have arrived again without it. */
  void removeMade(String user, String room) {
    if (overlay.value(key(user), MADE, room) != null) {
      overlay.remove(key(user), MADE, room);
    }
  }

  /** The bytes of the user's statuses, each as often as it is stored. */
  long bytes(String user) {
    return overlay.count(key(user), BYTES);
  }

  /** Adds to the bytes of the user's statuses. */
  void addBytes(String user, long bytes) {
    overlay.add(key(user), BYTES, bytes);
  }

  void addRoom(String user, String room) {
    overlay.put(key(user), MEMBERSHIP, room, nextPosition(user));
  }

  void removeRoom(String user, String room) {
    overlay.remove(key(user), MEMBERSHIP, room);
  }

  boolean isRegistered(String user, String namespace) {
    return overlay.value(key(user), REGISTRATION, namespace) != null;
  }

  int registrations(String user) {
    return overlay.values(key(user), REGISTRATION).size();
  }

  void addRegistration(String user, String namespace) {
    overlay.put(key(user), REGISTRATION, namespace, nextPosition(user));
  }

  void removeRegistration(String user, String namespace) {
    overlay.remove(key(user), REGISTRATION, namespace);
  }

  boolean isSubscribed(String user, String namespace) {
    return overlay.value(key(user), SUBSCRIPTION, namespace) != null;
  }

  /** The namespaces that the user is subscribed to. */
  List<String> subscriptions(String user) {
    return List.copyOf(overlay.values(key(user), SUBSCRIPTION).keySet());
  }

  void addSubscription(String user, String namespace) {
    overlay.put(key(user), SUBSCRIPTION, namespace, nextPosition(user));
  }

  void removeSubscription(String user, String namespace) {
    overlay.remove(key(user), SUBSCRIPTION, namespace);
  }

  @Nullable
  Invitation invitation(String user, long handle) {
    return overlay.value(key(user), INVITATION, Long.toString(handle));
  }

  /** The number of open invitations that the user has sent. */
  int sent(String user) {
    Map<String, Invitation> all = overlay.values(key(user), INVITATION);
    return all.isEmpty() ? 0 : all.size() - received(user);
  }

  /** The number of open invitations from the user to one other. */
  int sent(String user, String invited) {
    int sent = 0;
    for (Invitation each : overlay.values(key(user), INVITATION).values()) {
      if (each.outgoing() && each.peer().equals(invited)) {
        sent++;
      }
    }
    return sent;
  }

  /** The number of open invitations to the user: one pending membership each. */
  int received(String user) {
    int received = 0;
    for (Invitation each : overlay.values(key(user), INVITATION).values()) {
      if (!each.outgoing()) {
        received++;
      }
    }
    return received;
  }

  /** The open invitations that the user has sent, or received, the oldest first. */
  List<Open> invitations(String user, boolean outgoing) {
    List<Open> open = new ArrayList<>();
    overlay.values(key(user), INVITATION).forEach((handle, invitation) -> {
      if (invitation.outgoing() == outgoing) {
        open.add(new Open(Long.parseLong(handle), invitation));
      }
    });
    open.sort(Comparator.comparingLong(Open::handle));
    return open;
  }

  /** Allocates the handle of the user's next invitation. */
  long takeHandle(String user) {
    long handle = overlay.count(key(user), HANDLES);
    overlay.add(key(user), HANDLES, 1);
    return handle;
  }

  void addInvitation(String user, long handle, Invitation invitation) {
    overlay.put(key(user), INVITATION, Long.toString(handle), invitation);
  }

  void removeInvitation(String user, long handle) {
    overlay.remove(key(user), INVITATION, Long.toString(handle));
  }

  private Position nextPosition(String user) {
    long position = overlay.count(key(user), POSITIONS);
    overlay.add(key(user), POSITIONS, 1);
    return Position.of(position);
  }
}
