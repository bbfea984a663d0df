package dev.parley.bench.load;

import dev.parley.bench.wire.WireScript;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the generator.
 *
 * @param servers where to connect to: the two ends of a pair to two of them that follow each other,
 *     if there are several
 * @param first the protocol of the first end of each pair
 * @param second the protocol of the second end of each pair
 * @param prefix what the names of the clients begin with; letters and digits
 * @param pairs how many pairs of clients
 * @param loops how many event loops to spread them over
 * @param shape when signals are sent
 * @param timing for how long
 */
public record LoadSettings(List<InetSocketAddress> servers, WireScript first, WireScript second,
    String prefix, int pairs,
    int loops, LoadShape shape, Timing timing) {

  /**
   * How long the parts of a run are.
   *
   * @param warmUp before the part that is measured
   * @param measured what counts for rates and latencies, at least; it goes on until a signal has
   *     arrived in it. Faults count all the time
   * @param patience how long all clients may take to be ready
   * @param quiet how long nothing may arrive until signals in flight count as lost
   */
  public record Timing(Duration warmUp, Duration measured, Duration patience, Duration quiet) {}
}
