package dev.parley.bench.wire;

/**
 * How one end of a pair is called. Both ends look at the same object, so where the server gives the
 * names, what one end learns the other one knows. Both live on one thread.
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
