package dev.parley.dialect;

import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * One subscriber's end of a publish/subscribe channel of a message broker.
 *
 * <p>A channel is confined to one event loop of its own choice: the listener, tasks, and
 * completions of all futures run there, one at a time. All methods are thread-safe.
 *
 * <p>A lost connection is re-established with exponential back-off of at most a few seconds, for as
 * long as the channel is joined. The beginning and the end of each outage are logged once.
 */
public interface Channel {

  /**
   * Subscribes, once: a reconnect renews the same subscription.
   *
   * @param listener gets everything that is published from now on, including what {@link #publish}
   *     sends
   * @throws IllegalStateException if it was joined before
   */
  void join(ChannelListener listener);

  /**
   * Publishes a message to all subscribers, including this one. Messages of one thread keep their
   * order.
   *
   * @return succeeds when the broker has it; fails at once while there is no connection, and within
   *     seconds if the broker does not answer. There is no retry: after a failure the message may
   *     have arrived or not
   */
  Future<Void> publish(Bytes message);

  /**
   * The number of subscribers of the channel, including this one. Asked after {@link #publish} on
   * the same thread, it is answered after that.
   *
   * @return fails as {@link #publish} does
   */
  Future<Integer> subscribers();

  /** Runs {@code task} on the channel's event loop, after the current task. */
  void run(Runnable task);

  /** Runs {@code task} on the channel's event loop after {@code delay}. */
  Connection.Timer after(Duration delay, Runnable task);

  /**
   * Leaves: unsubscribes, delivers messages published before, and closes the connection.
   *
   * @return succeeds when that is done; never fails. The listener is not called any more
   */
  Future<Void> close();
}
