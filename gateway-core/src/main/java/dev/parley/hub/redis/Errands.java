package dev.parley.hub.redis;

import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.script.Command;
import dev.parley.hub.redis.script.Envelope;
import dev.parley.hub.redis.script.RefuseCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;

/** What several parts of the hub have the lane do without waiting for a result. Any thread. */
record Errands(Lane lane, Roster roster) {

  /** Has it done, whatever else waits. */
  void run(Command<?> command) {
    lane.insist(Order.silently(command, roster.generation()));
  }

  /** Tells the owner of the sender's id that a signal did not arrive. */
  void giveBack(Signal signal, Cause cause) {
    Undelivered undelivered = Undelivered.of(signal, cause);
    if (roster.deliver(signal.from(), undelivered)) {
      return;
    }
    if (lane.isOpen()) {
      run(new RefuseCommand(cause, Envelope.seal(withoutPayload(signal), "")));
    } else {
      roster.deliverOutOfOrder(signal.from(), undelivered);
    }
  }

  /** Its sender has kept what it needs to know of it. */
  private static Signal withoutPayload(Signal signal) {
    return new Signal(
        signal.kind(), signal.from(), signal.to(), signal.dialect(), signal.name(), Bytes.EMPTY,
        signal.reference(), signal.conversation());
  }
}
