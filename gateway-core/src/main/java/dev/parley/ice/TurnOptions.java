package dev.parley.ice;

import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The STUN and TURN servers of a realm.
 *
 * @param stun URIs of STUN servers, such as {@code stun:turn.example.org:3478}
 * @param turn URIs of TURN servers, such as {@code turn:turn.example.org:3478?transport=udp}
 * @param secret the secret that is shared with the TURN servers; null if there are none
 * @param ttl how long a credential can be used to allocate a relay
 */
public record TurnOptions(
    List<String> stun, List<String> turn, @Nullable Secret secret, Duration ttl) {

  // Before the default, whose constructor reads them.
  private static final Duration MIN_TTL = Duration.ofMinutes(1);
  private static final Duration MAX_TTL = Duration.ofDays(30);

  /** No servers. */
  public static final TurnOptions DEFAULT =
      new TurnOptions(List.of(), List.of(), null, Duration.ofHours(12));

  public TurnOptions {
    stun = List.copyOf(stun);
    turn = List.copyOf(turn);
    check("stun", stun, IceUri::isStun,
        "the URI of a STUN server such as stun:host:3478, at a port that browsers use");
    check("turn", turn, IceUri::isTurn,
        "the URI of a TURN server such as turn:host:3478?transport=udp or turns:host:5349,"
            + " at a port that browsers use");
    if (secret != null && secret.value().isEmpty()) {
      throw new ConfigurationException("secret", Secret.MASK, "a text that is not empty");
    }
    if (secret == null && !turn.isEmpty()) {
      throw new ConfigurationException(
          "secret", "null", "the secret of the TURN servers, their static-auth-secret");
    }
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw new ConfigurationException(
          "ttl", DurationText.format(ttl), "a duration from 1m to 720h");
    }
  }

  private static void check(
      String key, List<String> uris, Predicate<String> form, String expected) {
    for (int i = 0; i < uris.size(); i++) {
      if (!form.test(uris.get(i))) {
        throw new ConfigurationException(key + "." + i, uris.get(i), expected);
      }
    }
  }

  /** Whether there are any servers. */
  public boolean hasServers() {
    return !stun.isEmpty() || !turn.isEmpty();
  }
}
