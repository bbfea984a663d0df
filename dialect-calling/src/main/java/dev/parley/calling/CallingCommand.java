package dev.parley.calling;

import static dev.parley.calling.CallingFieldRule.flag;
import static dev.parley.calling.CallingFieldRule.number;
import static dev.parley.calling.CallingFieldRule.object;
import static dev.parley.calling.CallingFieldRule.text;
import static dev.parley.calling.CallingFieldRule.value;

import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The requests of clients: name, feature, the command to groups that each is, and its fields in the
 * order of the checks.
 */
enum CallingCommand {
  PING("ping", CallingFeature.PING, null),
  REMOTE_PING("remote_ping", CallingFeature.PING, null, number("time")),
  REMOTE_TIMEOUT("remote_timeout", CallingFeature.PING, null, number("time")),

  STATUS("status", CallingFeature.STATUS,
      (user, linger, fields) -> new SetStatus(user, fields.status()),
      object("status")),

  ROOM_JOIN("room_join", CallingFeature.ROOMS,
      (user, linger, fields) -> new Join(user, roomToJoin(fields), fields.status(), linger),
      text("room").optional(), object("status").optional()),
  ROOM_LEAVE("room_leave", CallingFeature.ROOMS,
      (user, linger, fields) -> new Leave(user, fields.text("room")),
      text("room")),
  ROOM_STATUS("room_status", CallingFeature.ROOMS,
      (user, linger, fields) -> new SetRoomStatus(user, fields.text("room"), fields.text("key"),
          fields.jsonOrNull("value"),
          fields.isSet("check") ? new Expected(fields.jsonOrNull("previous")) : null),
      text("room"), text("key"), value("value").optional(), flag("check").optional(),
      value("previous").optional()),
  ROOM_PEER_STATUS("room_peer_status", CallingFeature.ROOMS,
      (user, linger, fields) -> new SetMemberStatus(user, fields.text("room"), fields.status()),
      text("room"), object("status")),
  ROOM_PEER_TO("room_peer_to", CallingFeature.ROOMS,
      (user, linger, fields) -> new SendToMember(user, fields.text("room"), fields.text("user"),
          fields.text("event"), fields.json("data")),
      text("room"), text("user"), text("event"), object("data")),

  NS_SUBSCRIBE("ns_subscribe", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new Subscribe(user, fields.text("namespace")),
      text("namespace")),
  NS_UNSUBSCRIBE("ns_unsubscribe", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new Unsubscribe(user, fields.text("namespace")),
      text("namespace")),
  NS_USER_REGISTER("ns_user_register", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new RegisterUser(user, fields.text("namespace")),
      text("namespace")),
  NS_USER_UNREGISTER("ns_user_unregister", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new UnregisterUser(user, fields.text("namespace")),
      text("namespace")),
  NS_ROOM_REGISTER("ns_room_register", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new RegisterRoom(
          user, fields.text("namespace"), fields.text("room")),
      text("namespace"), text("room")),
  NS_ROOM_UNREGISTER("ns_room_unregister", CallingFeature.NAMESPACES,
      (user, linger, fields) -> new UnregisterRoom(
          user, fields.text("namespace"), fields.text("room")),
      text("namespace"), text("room")),

  INVITE_SEND("invite_send", CallingFeature.INVITATIONS,
      (user, linger, fields) -> new Invite(
          user, fields.text("room"), fields.text("user"), fields.json("data"), linger),
      text("room"), text("user"), object("data")),
  INVITE_CANCEL("invite_cancel", CallingFeature.INVITATIONS,
      (user, linger, fields) -> new Cancel(user, fields.handle()),
      number("handle")),
  INVITE_ACCEPT("invite_accept", CallingFeature.INVITATIONS,
      (user, linger, fields) -> new Accept(user, fields.handle(), fields.status()),
      number("handle"), object("status")),
  INVITE_DENY("invite_deny", CallingFeature.INVITATIONS,
      (user, linger, fields) -> new Deny(user, fields.handle()),
      number("handle"));

  private static final Map<String, CallingCommand> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(command -> command.type, Function.identity()));

  private final String type;
  private final CallingFeature feature;

  @SuppressWarnings("ImmutableEnumChecker") // functions that capture nothing
  private final @Nullable Meaning meaning;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes no other
  private final List<CallingFieldRule> rules;

  /** Makes the command to groups of a request. */
  private interface Meaning {
    UserCommand of(PeerAddress user, Duration linger, CallingFields fields);
  }

  CallingCommand(String type, CallingFeature feature, @Nullable Meaning meaning,
      CallingFieldRule... rules) {
    this.type = type;
    this.feature = feature;
    this.meaning = meaning;
    this.rules = List.of(rules);
  }

  /** A request without a room joins a new one. */
  private static String roomToJoin(CallingFields fields) {
    return fields.get("room") == null ? UUID.randomUUID().toString() : fields.text("room");
  }

  /** The command that a request's type names; null if there is none. */
  static @Nullable CallingCommand of(@Nullable String type) {
    return type == null ? null : BY_NAME.get(type);
  }

  /** The feature that it belongs to. */
  CallingFeature feature() {
    return feature;
  }

  /** The rules of its fields. */
  List<CallingFieldRule> rules() {
    return rules;
  }

  /** Whether a request may have a field of that name. */
  boolean knows(String field) {
    return rules.stream().anyMatch(rule -> rule.name().equals(field));
  }

  /**
   * The command to groups.
   *
   * @param linger how long an empty room stays
   */
  UserCommand toGroups(PeerAddress user, Duration linger, CallingFields fields) {
    if (meaning == null) {
      throw new IllegalArgumentException(this + " is between the client and its session");
    }
    return meaning.of(user, linger, fields);
  }
}
