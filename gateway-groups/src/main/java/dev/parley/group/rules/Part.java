package dev.parley.group.rules;

/**
 * A part (field group) of a record: fields of one type, each with a unique name within the part.
 * Compared by identity; the constants here are the only ones.
 *
 * @param <V> the type of its values
 */
public final class Part<V extends Value> {

  /** Of a user: its only field is the user's status, and exists while the user is present. */
  public static final Part<Value.Json> PROFILE = new Part<>("profile", Value.Json.class);

  /** Of a user: the rooms that it is a member of, by name. */
  public static final Part<Value.Position> MEMBERSHIP =
      new Part<>("membership", Value.Position.class);

  /** Of a user: the namespaces that it is registered in, by name. */
  public static final Part<Value.Position> REGISTRATION =
      new Part<>("registration", Value.Position.class);

  /** Of a user: the namespaces that it is subscribed to, by name. */
  public static final Part<Value.Position> SUBSCRIPTION =
      new Part<>("subscription", Value.Position.class);

  /** Of a user: its open invitations, by handle. */
  public static final Part<Value.Invitation> INVITATION =
      new Part<>("invitation", Value.Invitation.class);

  /** Of a user: the existing rooms that it has created, by name. */
  public static final Part<Value.Position> MADE = new Part<>("made", Value.Position.class);

  /** Of a room: its one field says that it is there. */
  public static final Part<Value.Room> ROOM = new Part<>("room", Value.Room.class);

  /** Of a room: its status, by key. */
  public static final Part<Value.Json> STATUS = new Part<>("status", Value.Json.class);

  /** Of a room: its members, by name. */
  public static final Part<Value.Member> MEMBER = new Part<>("member", Value.Member.class);

  /** Of a room: its foreign members, which speak another dialect, by id. */
  public static final Part<Value.Foreign> FOREIGN = new Part<>("foreign", Value.Foreign.class);

  /** Of a room: the namespaces that it is registered in, by name. */
  public static final Part<Value.Position> LISTING = new Part<>("listing", Value.Position.class);

  /** Of a namespace: its subscribers, by name. */
  public static final Part<Value.Position> SUBSCRIBER =
      new Part<>("subscriber", Value.Position.class);

  /** Of a namespace: the statuses of registered users, by name. */
  public static final Part<Value.Json> REGISTERED_USER =
      new Part<>("user", Value.Json.class);

  /** Of a namespace: the rooms that are registered, by name. */
  public static final Part<Value.Position> REGISTERED_ROOM =
      new Part<>("room", Value.Position.class);

  /** Of a user, a room, a realm, or a namespace: its counters; an absent one is 0. */
  public static final Part<Value.Count> COUNTER = new Part<>("counter", Value.Count.class);

  /** The field name in a part with only one field. */
  static final String ONLY = "";

  private final String name;
  private final Class<V> type;

  private Part(String name, Class<V> type) {
    this.name = name;
    this.type = type;
  }

  /** The part's name, unique within a record. */
  public String name() {
    return name;
  }

  /** The type of its values. */
  public Class<V> type() {
    return type;
  }

  @Override
  public String toString() {
    return name;
  }
}
