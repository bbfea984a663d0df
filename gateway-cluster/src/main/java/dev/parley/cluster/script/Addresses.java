package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;

/** Reads addresses as {@link PeerAddress#toString} writes them: no realm has a slash in it. */
final class Addresses {

  private Addresses() {}

  /**
   * The address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PeerAddress parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no address");
    }
    return new PeerAddress(text.substring(0, slash), text.substring(slash + 1));
  }
}
