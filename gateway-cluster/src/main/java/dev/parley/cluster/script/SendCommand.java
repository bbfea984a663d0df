package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Routes a signal to its recipient; see send.lua.
 *
 * @param to the recipient
 * @param holdMillis how long it may wait for an absent recipient; 0 for not at all
 * @param weight how many bytes it counts for in a mailbox
 * @param envelope the encoded signal
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never written to
public record SendCommand(PeerAddress to, long holdMillis, int weight, byte[] envelope)
    implements Command<SendCommand.Fate> {

  /** The outcome of the routing. */
  public enum Fate {
    /** Appended to the inbox of another node. */
    AWAY,
    /** Appended to the inbox of the node that sent it. */
    BACK,
    /** Waits in a mailbox. */
    HELD,
    /** Recipient absent, and it was not to be held. */
    ABSENT,
    /** The inbox or a mailbox is at its bound. */
    FULL,
    /** Redis has no memory to hold it. */
    OUT_OF_MEMORY
  }

  @Override
  public void write(Request call) {
    call.arg("send").arg(to.toString()).arg(holdMillis).arg(weight).arg(envelope);
  }

  @Override
  public Fate read(String result) {
    return switch (result) {
      case "D" -> Fate.AWAY;
      case "O" -> Fate.BACK;
      case "H" -> Fate.HELD;
      case "A" -> Fate.ABSENT;
      case "F" -> Fate.FULL;
      case "M" -> Fate.OUT_OF_MEMORY;
      default -> throw new IllegalArgumentException(result);
    };
  }

  @Override
  public int size() {
    return 160 + to.id().length() + envelope.length;
  }
}
