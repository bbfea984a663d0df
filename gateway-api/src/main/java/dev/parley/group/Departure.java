package dev.parley.group;

import dev.parley.signal.PeerAddress;

/**
 * A user is gone, and with it everything that it took part in. Nobody asks for it and nobody is
 * answered: it is what the core makes of the end of a session.
 */
public record Departure(PeerAddress user) implements GroupCommand {

  @Override
  public String realm() {
    return user.realm();
  }
}
