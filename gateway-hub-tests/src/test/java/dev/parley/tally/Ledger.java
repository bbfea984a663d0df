package dev.parley.tally;

/** Is told what sessions do. Called on their event loops. */
public interface Ledger {

  /** Nobody who wants to know. */
  Ledger NONE =
      new Ledger() {
        @Override
        public void sent(String from, int connection, String to, int number) {}

        @Override
        public void closed(String id, int connection) {}
      };

  /** A session is about to hand a signal over. */
  void sent(String from, int connection, String to, int number);

  /** A session is over: it is told nothing more. */
  void closed(String id, int connection);
}
