package dev.parley.calling;

import static dev.parley.calling.CallingFieldRule.flag;
import static dev.parley.calling.CallingFieldRule.number;
import static dev.parley.calling.CallingFieldRule.object;
import static dev.parley.calling.CallingFieldRule.text;
import static dev.parley.calling.CallingFieldRule.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client can ask for, with the fields of its request in the order of the checks. */
enum CallingCommand {
  PING("ping", CallingFeature.PING),
  REMOTE_PING("remote_ping", CallingFeature.PING, number("time")),
  REMOTE_TIMEOUT("remote_timeout", CallingFeature.PING, number("time")),

  STATUS("status", CallingFeature.STATUS, object("status")),

  ROOM_JOIN("room_join", CallingFeature.ROOMS, text("room").optional(), object("status").optional()),
  ROOM_LEAVE("room_leave", CallingFeature.ROOMS, text("room")),
  ROOM_STATUS("room_status", CallingFeature.ROOMS, text("room"), text("key"), value("value").optional(),
      flag("check").optional(), value("previous").optional()),
  ROOM_PEER_STATUS("room_peer_status", CallingFeature.ROOMS, text("room"), object("status")),
  ROOM_PEER_TO("room_peer_to", CallingFeature.ROOMS, text("room"), text("user"), text("event"),
      object("data")),

  NS_SUBSCRIBE("ns_subscribe", CallingFeature.NAMESPACES, text("namespace")),
  NS_UNSUBSCRIBE("ns_unsubscribe", CallingFeature.NAMESPACES, text("namespace")),
  NS_USER_REGISTER("ns_user_register", CallingFeature.NAMESPACES, text("namespace")),
  NS_USER_UNREGISTER("ns_user_unregister", CallingFeature.NAMESPACES, text("namespace")),
  NS_ROOM_REGISTER("ns_room_register", CallingFeature.NAMESPACES, text("namespace"), text("room")),
  NS_ROOM_UNREGISTER("ns_room_unregister", CallingFeature.NAMESPACES, text("namespace"), text("room")),

  INVITE_SEND("invite_send", CallingFeature.INVITATIONS, text("room"), text("user"), object("data")),
  INVITE_CANCEL("invite_cancel", CallingFeature.INVITATIONS, number("handle")),
  INVITE_ACCEPT("invite_accept", CallingFeature.INVITATIONS, number("handle"), object("status")),
  INVITE_DENY("invite_deny", CallingFeature.INVITATIONS, number("handle"));

  private static final Map<String, CallingCommand> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(command -> command.type, Function.identity()));

  private final String type;
  private final CallingFeature feature;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes no other
  private final List<CallingFieldRule> rules;

  CallingCommand(String type, CallingFeature feature, CallingFieldRule... rules) {
    this.type = type;
    this.feature = feature;
    this.rules = List.of(rules);
  }

  /** The command that a request's type names; null if there is none. */
  static @Nullable CallingCommand of(@Nullable String type) {
    return type == null ? null : BY_NAME.get(type);
  }

  /** What it belongs to. */
  CallingFeature feature() {
    return feature;
  }

  /** Its fields. */
  List<CallingFieldRule> rules() {
    return rules;
  }

  /** Whether a request may have a field of that name. */
  boolean knows(String field) {
    return rules.stream().anyMatch(rule -> rule.name().equals(field));
  }
}
