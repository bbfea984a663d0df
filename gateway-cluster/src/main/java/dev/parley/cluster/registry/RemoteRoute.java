package dev.parley.cluster.registry;

import dev.parley.hub.Recipient;
import dev.parley.signal.Signal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends signals that cannot be delivered locally through Redis. Thread-safe. */
public interface RemoteRoute {

  /**
   * Queues a signal into the pipeline. Called inside an atomic update of the recipient's id, so it
   * must only queue.
   *
   * @param hold how long the signal is held for an absent recipient
   * @param epoch the epoch that the signal belongs to
   * @param inFlight is notified of the end of this remote send; null if the recipient is unknown on
   *     this node
   * @return whether the pipeline accepted it; if not, its sender has been notified, and {@code
   *     inFlight} has not
   */
  boolean send(
      Recipient sender, Signal signal, Duration hold, int epoch, @Nullable RemoteSend inFlight);
}
