package dev.parley.dialect;

import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * One publish/subscribe channel of a message broker, as one subscriber of it.
 *
 * <p>A channel lives on one event loop of its own choice: the listener, tasks and the completions
 * of all futures run there, one at a time. The methods may be called on any thread.
 *
 * <p>A connection that is lost is made again, with growing pauses of at most a few seconds, for as
 * long as the channel is joined. Every outage is logged once, and its end.
 */
public interface Channel {

  /**
   * Subscribes, once: there is one subscription, however often the connection is made again.
   *
   * @param listener hears everything that is published from now on, what {@link #publish} sends
   *     included
   * @throws IllegalStateException if it was joined before
   */
  void join(ChannelListener listener);

  /**
   * Says something to all subscribers, this one included. What one thread publishes arrives in that
   * order.
   *
   * @return done when the broker has it; fails at once while there is no connection, and within
   *     seconds if the broker does not answer. It is not sent again: after a failure it may have
   *     arrived or not
   */
  Future<Void> publish(Bytes message);

  /**
   * How many subscribers the channel has, this one included. Asked after {@link #publish} on the
   * same thread, it is answered after that.
   *
   * @return fails as {@link #publish} does
   */
  Future<Integer> subscribers();

  /** Runs {@code task} on the channel's event loop, after whatever runs now. */
  void run(Runnable task);

  /** Runs {@code task} on the channel's event loop after {@code delay}. */
  Connection.Timer after(Duration delay, Runnable task);

  /**
   * Leaves: unsubscribes, hands over what came before that, and lets go of the connection.
   *
   * @return done when that is so; never fails. The listener is not called any more
   */
  Future<Void> close();
}
