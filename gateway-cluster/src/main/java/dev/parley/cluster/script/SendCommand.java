package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;

/**
 * Sends a signal to wherever its recipient is; see send.lua.
 *
 * @param to the recipient
 * @param holdMillis how long it may wait for a recipient that is not there; 0 for not at all
 * @param weight how many bytes it counts for in a mailbox
 * @param envelope the signal, sealed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never written to
public record SendCommand(PeerAddress to, long holdMillis, int weight, byte[] envelope)
    implements Command<SendCommand.Fate> {

  /** What became of the signal. */
  public enum Fate {
    /** It is in the inbox of another node. */
    AWAY,
    /** It is in the inbox of the node that sent it. */
    BACK,
    /** It waits in a mailbox. */
    HELD,
    /** Nobody is there, and it was not to wait. */
    ABSENT,
    /** The inbox or a mailbox is at its bound. */
    FULL,
    /** Redis is out of memory, and it would have had to wait there. */
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
