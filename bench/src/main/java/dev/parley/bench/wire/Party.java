package dev.parley.bench.wire;

/**
 * The name of one end of a pair. Both ends share the object, so that a name that the server gives
 * to one end is known to the other. Both are confined to one thread.
 */
public final class Party {

  private String name;

  /** A client that asks for this name: letters and digits. */
  public Party(String name) {
    this.name = name;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The server calls this client so. */
  public void isCalled(String given) {
    this.name = given;
  }
}
