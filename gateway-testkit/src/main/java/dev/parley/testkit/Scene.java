package dev.parley.testkit;

/** The steps of one test, to be played on one server or on several. */
@FunctionalInterface
public interface Scene {

  /** Plays the scene; throws {@link AssertionError} if an expectation fails. */
  void play(Stage stage);

  /**
   * Whether every step, once processed, causes a message to some client, so that the servers need
   * not be probed.
   */
  default boolean showsAll() {
    return false;
  }
}
