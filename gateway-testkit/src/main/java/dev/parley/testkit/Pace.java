package dev.parley.testkit;

/** Says when a scene may go on, because all that follows from its steps so far has happened. */
@FunctionalInterface
public interface Pace {

  /** When the servers say so, see {@link Stage#rests()}. */
  Pace BY_ASKING = Stage::rests;

  /** Waits for it; throws {@link AssertionError} if it does not happen. */
  void settle(Stage stage);
}
