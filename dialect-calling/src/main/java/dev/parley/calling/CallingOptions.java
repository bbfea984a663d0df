package dev.parley.calling;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import java.time.Duration;
import java.util.Set;

/**
 * What can be configured below {@code dialects.calling}.
 *
 * @param roomTimeout how long a room stays with nobody in it, in seconds
 * @param server what clients are told that the server is
 * @param disable features that clients do not get
 * @param eventNames what a few events are called
 */
public record CallingOptions(
    @JsonProperty("room_timeout") int roomTimeout,
    String server,
    Set<Feature> disable,
    EventNames eventNames) {

  /** What {@code calling-signaling} without options does. */
  public static final CallingOptions DEFAULT =
      new CallingOptions(600, "calling-signaling 1.0", Set.of(), EventNames.ACTUAL);

  public CallingOptions {
    disable = Set.copyOf(disable);
    if (roomTimeout < 0) {
      throw new ConfigurationException("room_timeout", Integer.toString(roomTimeout),
          "a number of seconds from 0");
    }
  }

  /** How long a room stays with nobody in it. */
  Duration linger() {
    return Duration.ofSeconds(roomTimeout);
  }
}
