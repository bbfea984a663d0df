package dev.parley.group.rules;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.UserChanged;
import dev.parley.group.NamespaceEvent.UserRemoved;
import dev.parley.group.PeerChange;
import dev.parley.group.PresenceCommand;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.Refusal;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.rules.Users.Attachment;
import dev.parley.group.rules.Users.Attachment.Membership;
import dev.parley.group.rules.Users.Attachment.Registration;
import dev.parley.group.rules.Users.Open;
import dev.parley.group.rules.Value.Member;
import dev.parley.signal.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules of presence: users arrive, depart, and change their statuses. */
record PresenceRules(EvaluationContext turn) {

  /**
   * The bytes that a user's status may write, free of charge, to rooms that it is only invited to.
   */
  private static final int MAX_UNCHARGED = 64 << 10;

  void follow(PresenceCommand command) {
    switch (command) {
      case Arrive arrive -> arrive(arrive.user().id(), arrive.status());
      case SetStatus change -> setStatus(change.user().id(), change.status());
    }
  }

  private void arrive(String user, Bytes status) {
    if (turn.isTooBig(status)) {
      turn.effects().refuse(Refusal.STATUS_TOO_BIG);
    } else if (turn.users().isHere(user)) {
      turn.effects().refuse(Refusal.ALREADY_HERE);
    } else {
      turn.users().put(user, status.detached());
      turn.effects().done();
    }
  }

  private void setStatus(String user, Bytes said) {
    if (!turn.users().isHere(user)) {
      turn.effects().refuse(Refusal.NOT_HERE);
      return;
    }
    if (turn.isTooBig(said)) {
      turn.effects().refuse(Refusal.STATUS_TOO_BIG);
      return;
    }
    List<Attachment> attachments = turn.users().attachments(user);
    expect(attachments, List.of(), List.of());
    Bytes status = said.detached();
    Bytes before = turn.users().status(user);
    turn.users().put(user, status);
    for (Attachment each : attachments) {
      switch (each) {
        case Membership(String room) -> showIn(room, user);
        case Registration(String namespace) -> {
          turn.namespaces().putUser(namespace, user, status, before);
          turn.tellSubscribers(namespace, new UserChanged(namespace, user, status));
        }
      }
    }
    turn.effects().answer(new GroupAnswer.StatusHeard(!attachments.isEmpty()));
  }

  private void showIn(String room, String user) {
    Member member = turn.rooms().member(room, user);
    if (member != null && member.isPending()) {
      showPending(room, user, member);
      return;
    }
    PeerChange change = turn.show(room, user, turn.rooms().own(room, user));
    turn.tellMembers(room, change);
    turn.tellSubscribers(room, change);
  }

  /**
   * Updates the status in a room that the user is invited to. The user did not choose that room. So
   * it is not charged, and its status is not refused if the room is full: the room then shows the
   * former status until the user accepts.
   */
  private void showPending(String room, String user, Member member) {
    Bytes shown = Statuses.merge(turn.users().status(user), member.own());
    long now = turn.rooms().shown(room) - member.shown().length() + shown.length();
    PeerChange change = new PeerChange.Changed(user, shown);
    List<String> others = turn.rooms().membersBut(room, user);
    List<String> listings = turn.rooms().listings(room);
    long readers = others.size();
    for (String namespace : listings) {
      readers += turn.namespaces().subscribers(namespace).size();
    }
    long output = readers * new PeerNews(room, change).size();
    if (now > GroupLimits.most(turn.limits().view().bytes(), false)
        || turn.effects().uncharged() + output > MAX_UNCHARGED) {
      return;
    }
    turn.rooms().setStatus(room, user, member.own(), shown);
    turn.effects().tellFree(others, new PeerNews(room, change));
    for (String namespace : listings) {
      turn.effects().tellFree(turn.namespaces().subscribers(namespace),
          new RoomPeerNews(namespace, room, change));
    }
  }

  /**
   * Ends everything that the user takes part in. The order of events: the other sides of its
   * invitations first, then rooms and namespaces in the order in which the user joined them, and
   * last those who see users that it has invited. With more rooms and namespaces than are to be
   * left at once the user remains, without invitations and subscriptions.
   */
  void depart(Departure departure) {
    String user = departure.user().id();
    if (!turn.users().isHere(user)) {
      return;
    }
    List<Attachment> all = turn.users().attachments(user);
    boolean isLast = all.size() <= departure.most();
    List<Attachment> attachments = isLast ? all : all.subList(0, departure.most());
    List<Open> sent = turn.users().invitations(user, true);
    List<Open> received = turn.users().invitations(user, false);
    expect(attachments, sent, received);
    for (String namespace : turn.users().subscriptions(user)) {
      turn.namespaces().removeSubscriber(namespace, user);
      turn.users().removeSubscription(user, namespace);
    }
    sent.forEach(each -> end(user, each,
        new InvitationEvent.Cancelled(each.invitation().peerHandle())));
    received.forEach(each -> end(user, each,
        new InvitationEvent.Answered(each.invitation().peerHandle(), false)));
    for (Attachment each : attachments) {
      switch (each) {
        case Membership(String room) -> vanishFrom(room, user);
        case Registration(String namespace) -> {
          turn.users().removeRegistration(user, namespace);
          turn.namespaces().removeUser(namespace, user, turn.users().status(user));
          turn.tellSubscribers(namespace, new UserRemoved(namespace, user));
        }
      }
    }
    for (Open each : sent) {
      if (!each.invitation().peer().equals(user)) {
        turn.withdraw(each.invitation().room(), each.invitation().peer());
      }
    }
    if (isLast) {
      turn.users().remove(user);
    }
  }

  private void end(String user, Open open, InvitationEvent told) {
    turn.users().removeInvitation(user, open.handle());
    String peer = open.invitation().peer();
    if (!peer.equals(user)) {
      turn.users().removeInvitation(peer, open.invitation().peerHandle());
      turn.effects().tell(peer, told);
    }
  }

  private void vanishFrom(String room, String user) {
    List<String> listings = turn.rooms().listings(room);
    turn.rooms().remove(room, user);
    turn.users().removeRoom(user, room);
    turn.leaveForeign(room, user);
    PeerChange gone = new PeerChange.Removed(user);
    if (turn.rooms().isEmpty(room)) {
      turn.becomeEmpty(room);
    } else {
      turn.tellMembers(room, gone);
    }
    for (String namespace : listings) {
      turn.tellSubscribers(namespace, new RoomPeerNews(namespace, room, gone));
    }
  }

  /**
   * Announces reads: the places that show the user's status, and the other sides of its
   * invitations.
   */
  private void expect(List<Attachment> attachments, List<Open> sent, List<Open> received) {
    Set<String> rooms = new LinkedHashSet<>();
    List<RecordKey> keys = new ArrayList<>();
    for (Attachment each : attachments) {
      switch (each) {
        case Membership(String room) -> rooms.add(room);
        case Registration(String namespace) -> {
          keys.add(turn.namespaces().subscribersKey(namespace));
          keys.add(turn.namespaces().countKey(namespace));
        }
      }
    }
    for (Open each : sent) {
      rooms.add(each.invitation().room());
      keys.add(turn.users().key(each.invitation().peer()));
    }
    for (Open each : received) {
      keys.add(turn.users().key(each.invitation().peer()));
    }
    rooms.forEach(room -> keys.add(turn.rooms().key(room)));
    turn.overlay().expect(keys);
    List<String> listings = new ArrayList<>();
    rooms.forEach(room -> listings.addAll(turn.rooms().listings(room)));
    turn.expectSubscribers(listings);
  }
}
