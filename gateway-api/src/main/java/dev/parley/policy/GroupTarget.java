package dev.parley.policy;

/**
 * A group that a client would take part in.
 *
 * @param kind its kind
 * @param name its name, as the client has chosen it
 */
public record GroupTarget(Kind kind, String name) {

  /** Kinds of groups. */
  public enum Kind {
    /** A room, which users join or are invited to. */
    ROOM,
    /** A namespace, which users subscribe to or register in. */
    NAMESPACE
  }
}
