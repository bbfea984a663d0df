package dev.parley.net.limits;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import java.time.Duration;

/**
 * Thresholds of an overload, during which the node sheds load.
 *
 * @param loopDelay how late an event loop may run its tasks, for a whole second; a long one, such
 *     as {@code 1h}, disables the check
 * @param memory percent of the largest heap that may be in use after a garbage collection; 100
 *     disables the check
 */
public record OverloadLimits(Duration loopDelay, int memory) {

  /** Clients notice a quarter of a second; collections that leave a tenth free come too often. */
  public static final OverloadLimits DEFAULT = new OverloadLimits(Duration.ofMillis(250), 90);

  /** Disables both checks. */
  public static final OverloadLimits OFF = new OverloadLimits(Duration.ofHours(1), 100);

  private static final int ALL = 100;

  /** Rejects limits out of range. */
  public OverloadLimits {
    if (loopDelay.toMillis() < 1) {
      throw new ConfigurationException(
          "loopDelay", DurationText.format(loopDelay), "a duration above 0");
    }
    if (memory < 1 || memory > ALL) {
      throw new ConfigurationException(
          "memory", Integer.toString(memory), "a whole number from 1 to " + ALL);
    }
  }
}
