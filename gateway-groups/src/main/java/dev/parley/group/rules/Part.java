package dev.parley.group.rules;

/**
 * A part of a record: fields of one type, each with a name of its own within the part. Compared by
 * identity; there are no others than the constants here.
 *
 * @param <V> what its fields hold
 */
public final class Part<V extends Value> {

  /** Of a user: its one field is the user's status, and says that it is here. */
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

  /** Of a user: the rooms that it has made and that are still there, by name. */
  public static final Part<Value.Position> MADE = new Part<>("made", Value.Position.class);

  /** Of a room: its one field says that it is there. */
  public static final Part<Value.Room> ROOM = new Part<>("room", Value.Room.class);

  /** Of a room: its status, by key. */
  public static final Part<Value.Json> STATUS = new Part<>("status", Value.Json.class);

  /** Of a room: its members, by name. */
  public static final Part<Value.Member> MEMBER = new Part<>("member", Value.Member.class);

  /** Of a room: its members that speak another dialect, by id. */
  public static final Part<Value.Foreign> FOREIGN = new Part<>("foreign", Value.Foreign.class);

  /** Of a room: the namespaces that it is registered in, by name. */
  public static final Part<Value.Position> LISTING = new Part<>("listing", Value.Position.class);

  /** Of a namespace: who is subscribed, by name. */
  public static final Part<Value.Position> SUBSCRIBER =
      new Part<>("subscriber", Value.Position.class);

  /** Of a namespace: the status of who is registered, by name. */
  public static final Part<Value.Json> REGISTERED_USER =
      new Part<>("user", Value.Json.class);

  /** Of a namespace: the rooms that are registered, by name. */
  public static final Part<Value.Position> REGISTERED_ROOM =
      new Part<>("room", Value.Position.class);

  /** Of a user, a room, a realm, or a namespace: what is counted; what is absent is 0. */
  public static final Part<Value.Count> COUNTER = new Part<>("counter", Value.Count.class);

  /** The name of the only field of a part that has one. */
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

  /** What its fields hold. */
  public Class<V> type() {
    return type;
  }

  @Override
  public String toString() {
    return name;
  }
}
