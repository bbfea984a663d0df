package dev.parley.calling;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code dialects.calling}.
 *
 * @param roomTimeout how long an empty room stays, in seconds
 * @param server the name of the server in {@code hello}
 * @param disable features that are switched off; without rooms there are no invitations either
 * @param eventNames the names of a few events
 * @param ringTimeout how long the offer of a peer of another dialect waits for a user to accept
 * @param channelLabel the name of the data channel of a peer of another dialect, where that dialect
 *     has none
 * @param peersNamespace the namespace in which all peers of other dialects are shown as users; null
 *     for none
 */
public record CallingOptions(
    @JsonProperty("room_timeout") int roomTimeout,
    String server,
    Set<CallingFeature> disable,
    CallingEventNames eventNames,
    Duration ringTimeout,
    String channelLabel,
    @Nullable String peersNamespace) {

  /** Those of {@code calling-signaling} without options. */
  public static final CallingOptions DEFAULT =
      new CallingOptions(600, "calling-signaling 1.0", Set.of(), CallingEventNames.ACTUAL,
          Duration.ofSeconds(60), "data", null);

  public CallingOptions {
    disable = withWhatNeedsThem(disable);
    if (roomTimeout < 0) {
      throw new ConfigurationException("room_timeout", Integer.toString(roomTimeout),
          "a number of seconds from 0");
    }
    if (!ringTimeout.isPositive()) {
      throw new ConfigurationException(
          "ringTimeout", ringTimeout.toMillis() + "ms", "a time longer than 0s");
    }
  }

  /** Invitations are into rooms. */
  private static Set<CallingFeature> withWhatNeedsThem(Set<CallingFeature> disable) {
    Set<CallingFeature> all = EnumSet.noneOf(CallingFeature.class);
    all.addAll(disable);
    if (all.contains(CallingFeature.ROOMS)) {
      all.add(CallingFeature.INVITATIONS);
    }
    return Set.copyOf(all);
  }

  /** How long an empty room stays. */
  Duration linger() {
    return Duration.ofSeconds(roomTimeout);
  }

  /** Whether users can be called by peers of other dialects. */
  boolean canBeCalled() {
    return !disable.contains(CallingFeature.ROOMS) && !disable.contains(CallingFeature.INVITATIONS);
  }
}
