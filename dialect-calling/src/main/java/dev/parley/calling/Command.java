package dev.parley.calling;

import static dev.parley.calling.FieldRule.flag;
import static dev.parley.calling.FieldRule.number;
import static dev.parley.calling.FieldRule.object;
import static dev.parley.calling.FieldRule.text;
import static dev.parley.calling.FieldRule.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client can ask for, with the fields of its request in the order of the checks. */
enum Command {
  PING("ping", Feature.PING),
  REMOTE_PING("remote_ping", Feature.PING, number("time")),
  REMOTE_TIMEOUT("remote_timeout", Feature.PING, number("time")),

  STATUS("status", Feature.STATUS, object("status")),

  ROOM_JOIN("room_join", Feature.ROOMS, text("room").optional(), object("status").optional()),
  ROOM_LEAVE("room_leave", Feature.ROOMS, text("room")),
  ROOM_STATUS("room_status", Feature.ROOMS, text("room"), text("key"), value("value").optional(),
      flag("check").optional(), value("previous").optional()),
  ROOM_PEER_STATUS("room_peer_status", Feature.ROOMS, text("room"), object("status")),
  ROOM_PEER_TO("room_peer_to", Feature.ROOMS, text("room"), text("user"), text("event"),
      object("data")),

  NS_SUBSCRIBE("ns_subscribe", Feature.NAMESPACES, text("namespace")),
  NS_UNSUBSCRIBE("ns_unsubscribe", Feature.NAMESPACES, text("namespace")),
  NS_USER_REGISTER("ns_user_register", Feature.NAMESPACES, text("namespace")),
  NS_USER_UNREGISTER("ns_user_unregister", Feature.NAMESPACES, text("namespace")),
  NS_ROOM_REGISTER("ns_room_register", Feature.NAMESPACES, text("namespace"), text("room")),
  NS_ROOM_UNREGISTER("ns_room_unregister", Feature.NAMESPACES, text("namespace"), text("room")),

  INVITE_SEND("invite_send", Feature.INVITATIONS, text("room"), text("user"), object("data")),
  INVITE_CANCEL("invite_cancel", Feature.INVITATIONS, number("handle")),
  INVITE_ACCEPT("invite_accept", Feature.INVITATIONS, number("handle"), object("status")),
  INVITE_DENY("invite_deny", Feature.INVITATIONS, number("handle"));

  private static final Map<String, Command> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(command -> command.type, Function.identity()));

  private final String type;
  private final Feature feature;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes no other
  private final List<FieldRule> rules;

  Command(String type, Feature feature, FieldRule... rules) {
    this.type = type;
    this.feature = feature;
    this.rules = List.of(rules);
  }

  /** The command that a request's type names; null if there is none. */
  static @Nullable Command of(@Nullable String type) {
    return type == null ? null : BY_NAME.get(type);
  }

  /** What it belongs to. */
  Feature feature() {
    return feature;
  }

  /** Its fields. */
  List<FieldRule> rules() {
    return rules;
  }

  /** Whether a request may have a field of that name. */
  boolean knows(String field) {
    return rules.stream().anyMatch(rule -> rule.name().equals(field));
  }
}
