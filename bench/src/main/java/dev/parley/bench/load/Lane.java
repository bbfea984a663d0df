package dev.parley.bench.load;

import dev.parley.bench.wire.SignalMarks;

/** The signals of one client to its partner: those sent and those that arrived. One thread. */
final class Lane {

  private final Client sender;
  private final Arrivals arrivals = new Arrivals();
  private long sent;

  Lane(Client sender) {
    this.sender = sender;
  }

  /** Sends the next signal at the end of the flush cycle. */
  void send(long nanos) {
    sender.write(sent, nanos);
    sent++;
  }

  void arrived(SignalMarks marks) {
    arrivals.signal(marks.number());
  }

  void arrivedAltered() {
    arrivals.altered();
  }

  long sent() {
    return sent;
  }

  /** Whether signals are to be sent. */
  boolean speaks() {
    return sender.speaks();
  }

  /** How many answers are outstanding. */
  long unanswered() {
    return sender.unanswered();
  }

  /** How many signals may still arrive. */
  long underWay() {
    return sent - arrivals.settled();
  }

  /** See {@link Arrivals#faults}; an answer that did not come is lost, too. */
  Faults faults() {
    return arrivals.faults(sent).plus(new Faults(unanswered(), 0, 0, 0));
  }
}
