package dev.parley.group;

import dev.parley.signal.PeerAddress;

/**
 * A user is gone, with everything that it took part in. No client sends it and it has no answer:
 * the core issues it when a session ends.
 *
 * @param most the most rooms and namespaces that the user is removed from at once, in the order in
 *     which it joined them; a user with more of them remains
 */
public record Departure(PeerAddress user, int most) implements GroupCommand {

  /** All at once. */
  public Departure(PeerAddress user) {
    this(user, Integer.MAX_VALUE);
  }

  @Override
  public String realm() {
    return user.realm();
  }
}
