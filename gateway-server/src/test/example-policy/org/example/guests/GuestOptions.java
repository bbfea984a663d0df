package org.example.guests;

import dev.parley.config.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code gate.N.guests}.
 *
 * @param file the list: a line for each guest, with its name and its word
 * @param every how often the list is read again
 */
public record GuestOptions(@Nullable String file, Duration every) {

  /** No list, which is no use: {@code file} has to be set. */
  public static final GuestOptions DEFAULT = new GuestOptions(null, Duration.ofSeconds(10));

  public GuestOptions {
    if (every.toMillis() < 1) {
      throw new ConfigurationException("every", every.toMillis() + "ms", "a time above 0s");
    }
  }
}
