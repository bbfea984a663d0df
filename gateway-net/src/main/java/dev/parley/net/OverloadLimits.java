package dev.parley.net;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import java.time.Duration;

/**
 * From where on a node counts as overloaded, and sheds load until it no longer is.
 *
 * @param loopDelay how late an event loop may run its tasks, for a second on end; a long one, such
 *     as {@code 1h}, turns the check off
 * @param memory percent of the largest heap that may be in use after a collection; 100 turns the
 *     check off
 */
public record OverloadLimits(Duration loopDelay, int memory) {

  /** Clients notice a quarter of a second; collections that leave a tenth free come too often. */
  public static final OverloadLimits DEFAULT = new OverloadLimits(Duration.ofMillis(250), 90);

  /** Neither is ever reached. */
  public static final OverloadLimits OFF = new OverloadLimits(Duration.ofHours(1), 100);

  private static final int ALL = 100;

  /** Refuses limits out of range. */
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
