package dev.parley.group;

import dev.parley.signal.PeerAddress;

/**
 * A user is gone, with everything that it took part in. No client sends it and it has no answer:
 * the core issues it when a session ends.
 */
public record Departure(PeerAddress user) implements GroupCommand {

  @Override
  public String realm() {
    return user.realm();
  }
}
