package dev.parley.testkit.hub;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Hub;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.Delivery;
import dev.parley.signal.GroupDelivery;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;

/** A session of a user of groups, on one node. For one thread; deliveries may come from any. */
final class GroupUser {

  private final Hub hub;
  private final Groups groups;
  private final PeerAddress address;
  private final RecordingRecipient recipient = new RecordingRecipient();
  private int asked;
  private int heard;

  GroupUser(Hub hub, Groups groups, PeerAddress address) {
    this.hub = hub;
    this.groups = groups;
    this.address = address;
  }

  PeerAddress address() {
    return address;
  }

  String name() {
    return address.id();
  }

  /**
   * Claims its id, as a session must before any command. A later session of the same id takes it
   * over.
   */
  GroupUser connects() {
    hub.claim(recipient, new Claim(address, "the same for all", true));
    recipient.await(1);
    return this;
  }

  /** Sends the command Arrive. */
  GroupUser arrives() {
    ask(new Arrive(address, Bytes.utf8("{}")));
    return this;
  }

  /** Sends a command, and waits for the answer. */
  GroupAnswer ask(UserCommand command) {
    hand(command);
    return answers(asked).getLast();
  }

  /** Sends a command, and does not wait. */
  void hand(UserCommand command) {
    asked++;
    groups.command(recipient, command);
  }

  /** Waits for so many answers. */
  List<GroupAnswer> answers(int count) {
    return recipient.await(count + " answers", all -> answers(all).size() >= count).stream()
        .filter(GroupAnswer.class::isInstance).map(GroupAnswer.class::cast).toList();
  }

  private static List<Delivery> answers(List<Delivery> all) {
    return all.stream().filter(GroupAnswer.class::isInstance).toList();
  }

  /** The answers to all of its commands. */
  List<GroupAnswer> allAnswers() {
    return answers(asked);
  }

  /** Waits for the next delivery, be it an answer or an event. */
  GroupDelivery next() {
    List<GroupDelivery> all = told(recipient.await("delivery " + heard,
        deliveries -> told(deliveries).size() > heard));
    return all.get(heard++);
  }

  /** Drops all deliveries up to now. */
  void forget() {
    heard = transcript().size();
  }

  /** Waits for a delivery, and drops all deliveries up to it. */
  void forgetUntil(GroupDelivery last) {
    while (!next().equals(last)) {
      // earlier deliveries are dropped
    }
  }

  /** Waits for so many events of any kind. */
  void awaitEvents(int count) {
    awaitEvents(GroupEvent.class, count);
  }

  /** Waits for so many events of a kind; all there are, in order. */
  List<GroupEvent> awaitEvents(Class<? extends GroupEvent> kind, int count) {
    return recipient
        .await(count + " of " + kind,
            all -> all.stream().filter(kind::isInstance).count() >= count)
        .stream().filter(kind::isInstance).map(GroupEvent.class::cast).toList();
  }

  /** All deliveries up to the answer to its last command. */
  List<GroupDelivery> untilLastAnswer() {
    List<GroupAnswer> answers = allAnswers();
    List<GroupDelivery> all = transcript();
    int last = all.size() - 1;
    while (last >= 0 && all.get(last) != answers.getLast()) {
      last--;
    }
    return all.subList(0, last + 1);
  }

  /** All deliveries of groups, in order. */
  List<GroupDelivery> transcript() {
    return told(recipient.deliveries());
  }

  /** All events that it has received, in order. */
  List<GroupEvent> events() {
    return transcript().stream().filter(GroupEvent.class::isInstance)
        .map(GroupEvent.class::cast).toList();
  }

  private static List<GroupDelivery> told(List<Delivery> all) {
    List<GroupDelivery> told = new ArrayList<>();
    for (Delivery each : all) {
      if (each instanceof GroupDelivery delivery) {
        told.add(delivery);
      }
    }
    return told;
  }

  /** Bytes that its commands have cost others. */
  long charged() {
    return recipient.charged();
  }

  /** Waits until its commands have cost others so many bytes. */
  void awaitCharged(long atLeast) {
    recipient.awaitCharged(atLeast);
  }

  /** Sends the command Depart; it keeps its id. */
  void departs() {
    groups.depart(recipient, address);
  }

  /**
   * Ends the session, and waits until its departure has taken effect: a later command is refused.
   */
  void hasLeft() {
    departs();
    ask(new SetStatus(address, Bytes.utf8("{}")));
    hub.release(recipient, address);
  }

  /** Ends the session. */
  void leaves() {
    departs();
    hub.release(recipient, address);
  }
}
