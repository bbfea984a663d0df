package dev.parley.conformance.calling;

/**
 * One step of a {@link StepScene}. A step is valid without those before it, so that some can be
 * left out: its preconditions may just not hold.
 */
sealed interface Step {

  /** The caller of the step; after a reconnect it has another name. */
  String who();

  /** It connects. */
  record Connects(String who) implements Step {

    @Override
    public String toString() {
      return who + " connects";
    }
  }

  /**
   * It sends a request. In its text {@code <anna>} is the id of a caller, {@code <made7>} the room
   * that was made for the request with tid 7, {@code @out7@} and {@code @in7@} the handles that
   * the sender and the recipient of the invitation with tid 7 were given.
   */
  record Asks(String who, int tid, String text) implements Step {

    @Override
    public String toString() {
      return who + " sends " + text;
    }
  }

  /** Its connection ends, with a close or without one. */
  record Ends(String who, boolean politely) implements Step {

    @Override
    public String toString() {
      return who + (politely ? " closes" : " breaks off") + " the connection";
    }
  }
}
