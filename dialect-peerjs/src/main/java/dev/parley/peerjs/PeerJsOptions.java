package dev.parley.peerjs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import dev.parley.config.WebOrigins;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The options of a PeerServer, under its names and in its units, and some of our own.
 *
 * @param key the key that clients of the mount's own realm give
 * @param keys more keys, each with the realm of its clients
 * @param expireTimeout how long a message waits for a peer that is not there, in milliseconds
 * @param aliveTimeout after how long without a sign of life a client is closed, in milliseconds
 * @param liveness what counts as a sign of life
 * @param concurrentLimit how many PeerJS clients this node serves at once
 * @param allowDiscovery whether {@code GET /KEY/peers} lists the peers
 * @param discoverOwnOnly whether it lists PeerJS clients alone, and no peers of other dialects
 * @param proxied whether every client comes through a proxy whose X-Forwarded-For is to be believed
 * @param cors the web origins that may read the answers to HTTP requests, {@code *} for all
 * @param generateClientId the form of ids that {@code GET /KEY/id} gives out
 * @param foreignOffers what offers of peers of other dialects say
 */
public record PeerJsOptions(
    String key,
    Map<String, String> keys,
    @JsonProperty("expire_timeout") int expireTimeout,
    @JsonProperty("alive_timeout") int aliveTimeout,
    PeerJsLivenessRule liveness,
    @JsonProperty("concurrent_limit") int concurrentLimit,
    @JsonProperty("allow_discovery") boolean allowDiscovery,
    boolean discoverOwnOnly,
    boolean proxied,
    List<String> cors,
    PeerJsIdGenerator generateClientId,
    PeerJsForeignOffers foreignOffers) {

  /** What PeerServer does as a library, but for {@code liveness}. */
  public static final PeerJsOptions DEFAULT =
      new PeerJsOptions("peerjs", Map.of(), 5_000, 90_000, PeerJsLivenessRule.TRANSPORT, 5_000,
          false,
          false, false, List.of("*"), PeerJsIdGenerator.UUID, PeerJsForeignOffers.DEFAULT);

  public PeerJsOptions {
    keys = Map.copyOf(keys);
    cors = List.copyOf(cors);
    require(!key.isEmpty(), "key", key, "a key that is not empty");
    require(expireTimeout > 0, "expire_timeout", expireTimeout, "a number of milliseconds above 0");
    require(aliveTimeout > 0, "alive_timeout", aliveTimeout, "a number of milliseconds above 0");
    require(concurrentLimit > 0, "concurrent_limit", concurrentLimit, "a whole number from 1");
    keys.forEach(PeerJsOptions::requireRealm);
    WebOrigins.check("cors", cors);
    require(!keys.containsKey(key), "keys." + key, key, "keys other than the one that `key` gives");
  }

  /** {@link #aliveTimeout} as a duration. */
  Duration alive() {
    return Duration.ofMillis(aliveTimeout);
  }

  private static void requireRealm(String key, String realm) {
    require(realm.matches("[A-Za-z0-9_-]+"), "keys." + key, realm,
        "a realm of letters, digits, _ and - only");
  }

  private static void require(boolean fine, String option, Object value, String expected) {
    if (!fine) {
      throw new ConfigurationException(option, value.toString(), expected);
    }
  }
}
