package dev.parley.dialect;

/**
 * The node's memory budget for signals that sessions hold until their clients can take them: a
 * candidate without its description, a call that the user has not answered. Each session has bounds
 * of its own; this one bounds all of them together, since one sender can reach very many sessions.
 *
 * <p>When a session ends, the rest of what it has taken is released automatically. Confined to the
 * event loop of the session.
 */
public interface Reserve {

  /** An unlimited budget, for use without a node. */
  Reserve UNBOUNDED =
      new Reserve() {
        @Override
        public boolean take(int bytes) {
          return true;
        }

        @Override
        public void giveBack(int bytes) {}
      };

  /**
   * Takes the memory of a signal, its {@linkplain dev.parley.signal.Signal#weight weight}.
   *
   * @return false if the budget is exhausted: then the signal is not held
   */
  boolean take(int bytes);

  /** Releases the memory of a signal that is no longer held. */
  void giveBack(int bytes);
}
