package org.example.bell;

import dev.parley.config.ConfigurationException;
import java.time.Duration;

/**
 * What can be configured below {@code dialects.bell}.
 *
 * @param patience how long a ring waits for a peer that is not there (yet); {@code 0s} for not at all
 * @param letters the longest text that may be rung, in characters, at least 1
 */
public record BellOptions(Duration patience, int letters) {

  static final BellOptions DEFAULT = new BellOptions(Duration.ZERO, 280);

  public BellOptions {
    if (letters < 1) {
      throw new ConfigurationException(
          "letters", Integer.toString(letters), "a whole number from 1");
    }
  }
}
