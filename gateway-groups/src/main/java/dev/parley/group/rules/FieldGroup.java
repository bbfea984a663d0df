package dev.parley.group.rules;

/**
 * A part (field group) of a record: fields of one type, each with a unique name within the part.
 * Compared by identity; the constants here are the only ones.
 *
 * @param <V> the type of its values
 */
public final class FieldGroup<V extends Value> {

  /** Of a user: its only field is the user's status, and exists while the user is present. */
  public static final FieldGroup<Value.Json> PROFILE =
      new FieldGroup<>("profile", Value.Json.class);

  /** Of a user: the rooms that it is a member of, by name. */
  public static final FieldGroup<Value.Position> MEMBERSHIP =
      new FieldGroup<>("membership", Value.Position.class);

  /** Of a user: the namespaces that it is registered in, by name. */
  public static final FieldGroup<Value.Position> REGISTRATION =
      new FieldGroup<>("registration", Value.Position.class);

  /** Of a user: the namespaces that it is subscribed to, by name. */
  public static final FieldGroup<Value.Position> SUBSCRIPTION =
      new FieldGroup<>("subscription", Value.Position.class);

  /** Of a user: its open invitations, by handle. */
  public static final FieldGroup<Value.Invitation> INVITATION =
      new FieldGroup<>("invitation", Value.Invitation.class);

  /** Of a user: the existing rooms that it has created, by name. */
  public static final FieldGroup<Value.Position> MADE =
      new FieldGroup<>("made", Value.Position.class);

  /** Of a room: its one field says that it is there. */
  public static final FieldGroup<Value.Room> ROOM = new FieldGroup<>("room", Value.Room.class);

  /** Of a room: its status, by key. */
  public static final FieldGroup<Value.Json> STATUS = new FieldGroup<>("status", Value.Json.class);

  /** Of a room: its members, by name. */
  public static final FieldGroup<Value.Member> MEMBER =
      new FieldGroup<>("member", Value.Member.class);

  /** Of a room: its foreign members, which speak another dialect, by id. */
  public static final FieldGroup<Value.Foreign> FOREIGN =
      new FieldGroup<>("foreign", Value.Foreign.class);

  /** Of a room: the namespaces that it is registered in, by name. */
  public static final FieldGroup<Value.Position> LISTING =
      new FieldGroup<>("listing", Value.Position.class);

  /** Of a namespace: its subscribers, by name. */
  public static final FieldGroup<Value.Position> SUBSCRIBER =
      new FieldGroup<>("subscriber", Value.Position.class);

  /** Of a namespace: the statuses of registered users, by name. */
  public static final FieldGroup<Value.Json> REGISTERED_USER =
      new FieldGroup<>("user", Value.Json.class);

  /** Of a namespace: the rooms that are registered, by name. */
  public static final FieldGroup<Value.Position> REGISTERED_ROOM =
      new FieldGroup<>("room", Value.Position.class);

  /** Of a user, a room, a realm, or a namespace: its counters; an absent one is 0. */
  public static final FieldGroup<Value.Count> COUNTER =
      new FieldGroup<>("counter", Value.Count.class);

  /** The field name in a part with only one field. */
  static final String ONLY = "";

  private final String name;
  private final Class<V> type;

  private FieldGroup(String name, Class<V> type) {
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
