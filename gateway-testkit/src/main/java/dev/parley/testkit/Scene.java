package dev.parley.testkit;

/** The steps of one test, to be played on one server or on several. */
@FunctionalInterface
public interface Scene {

  /** Plays the scene; throws {@link AssertionError} if something else happens than is expected. */
  void play(Stage stage);

  /**
   * Whether some client sees something of every step when it has been dealt with, so that nobody
   * need be asked about it.
   */
  default boolean showsAll() {
    return false;
  }
}
