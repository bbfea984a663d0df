package dev.parley.tally;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import java.time.Duration;

/**
 * One client. It says {@code <to> <number> <text>}; it gets {@code here} when it is admitted,
 * {@code s <from> <number> <connection> <text>} for a signal, and {@code u <to> <number> <cause>}
 * for one of its own that was refused.
 */
final class TallySession implements Session {

  static final String DIALECT = "tally";

  private static final int PARTS = 3;

  private final Connection client;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final int connection;
  private final Duration hold;
  private final Ledger ledger;

  TallySession(
      SessionContext context, PeerAddress self, int connection, Duration hold, Ledger ledger) {
    this.client = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.connection = connection;
    this.hold = hold;
    this.ledger = ledger;
    client.send("here", (text, out) -> out.ascii(text));
  }

  @Override
  public void message(Bytes message, boolean binary) {
    String[] parts = message.text().split(" ", PARTS);
    int number = Integer.parseInt(parts[1]);
    ledger.sent(self.id(), connection, parts[0], number);
    switchboard.send(
        new Signal(
            SignalKind.CUSTOM, self, self.neighbour(parts[0]), DIALECT, "N",
            Bytes.utf8(number + " " + connection + " " + parts[2]), number),
        hold);
  }

  @Override
  public void signal(Signal signal) {
    client.send(signal, TallySession::encode);
  }

  private static void encode(Signal signal, TextSink out) {
    out.ascii("s ").ascii(signal.from().id()).ascii(" ").utf8(signal.payload());
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    client.send(
        undelivered,
        (what, out) -> out.ascii(
            "u " + what.to().id() + " " + what.reference() + " " + what.cause()));
  }

  @Override
  public void closed(CloseReason reason) {
    ledger.closed(self.id(), connection);
  }
}
