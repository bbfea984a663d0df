package dev.parley.testkit;

/** Decides when a scene may continue, because all effects of its steps so far have arrived. */
@FunctionalInterface
public interface Pace {

  /** By probing the servers, see {@link Stage#rests()}. */
  Pace BY_ASKING = Stage::rests;

  /** Waits for that; throws {@link AssertionError} if it times out. */
  void settle(Stage stage);
}
