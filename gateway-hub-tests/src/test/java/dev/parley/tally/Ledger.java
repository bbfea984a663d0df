package dev.parley.tally;

/** Listener of sessions. Called on their event loops. */
public interface Ledger {

  /** Ignores everything. */
  Ledger NONE =
      new Ledger() {
        @Override
        public void sent(String from, int connection, String to, int number) {}

        @Override
        public void closed(String id, int connection) {}
      };

  /** A session is about to send a signal. */
  void sent(String from, int connection, String to, int number);

  /** A session is over: it receives nothing more. */
  void closed(String id, int connection);
}
