package dev.parley.dialect;

/**
 * The node's memory for signals that sessions keep until their clients can be given them: a
 * candidate without its description, a call that the user has not answered. Each session has bounds
 * of its own; this one is for all of them together, since one sender can reach very many sessions.
 *
 * <p>What a session has taken and not given back when it ends is given back for it. Event loop of
 * the session only.
 */
public interface Reserve {

  /** Without a bound, for what has no node around it. */
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
   * Takes memory for a signal, as much as it {@linkplain dev.parley.signal.Signal#weight weighs}.
   *
   * @return false if there is none: then the signal is not kept
   */
  boolean take(int bytes);

  /** Gives back what was taken for a signal that is kept no longer. */
  void giveBack(int bytes);
}
