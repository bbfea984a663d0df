package dev.parley.conformance.peerjs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server is started, in PeerServer's terms.
 *
 * @param path where it is mounted
 * @param key the key that clients name
 * @param expireTimeout how long signals wait for an absent peer, in milliseconds
 * @param aliveTimeout time-out of silent clients, in milliseconds
 * @param liveness what Parley counts as one; to the original heartbeats are the only one
 * @param concurrentLimit how many clients at once
 * @param discovery whether clients may list the peers
 * @param origins the web origins that may read HTTP answers; empty means the default
 * @param use servers that differ in this alone are different servers, for scenes that must be alone
 */
record ServerOptions(
    String path,
    String key,
    int expireTimeout,
    int aliveTimeout,
    String liveness,
    int concurrentLimit,
    boolean discovery,
    List<String> origins,
    String use) {

  /** The default of most scenes, with long time-outs, so that nothing expires. */
  static final ServerOptions SHARED =
      new ServerOptions("/", "peerjs", 60_000, 60_000, "heartbeat", 5_000, true, List.of(),
          "shared");

  /** For scenes that wait for signals to expire. */
  static final ServerOptions EXPIRING = SHARED.expireTimeout(4_000);

  /** For scenes that wait for the time-out of a silent client. */
  static final ServerOptions MORTAL = SHARED.aliveTimeout(6_000);

  ServerOptions at(String value) {
    return new ServerOptions(value, key, expireTimeout, aliveTimeout, liveness, concurrentLimit,
        discovery,
        origins, use);
  }

  ServerOptions key(String value) {
    return new ServerOptions(path, value, expireTimeout, aliveTimeout, liveness, concurrentLimit,
        discovery,
        origins, use);
  }

  ServerOptions expireTimeout(int value) {
    return new ServerOptions(path, key, value, aliveTimeout, liveness, concurrentLimit, discovery,
        origins,
        use);
  }

  ServerOptions aliveTimeout(int value) {
    return new ServerOptions(path, key, expireTimeout, value, liveness, concurrentLimit, discovery,
        origins,
        use);
  }

  ServerOptions liveness(String value) {
    return new ServerOptions(path, key, expireTimeout, aliveTimeout, value, concurrentLimit,
        discovery, origins, use);
  }

  ServerOptions concurrentLimit(int value) {
    return new ServerOptions(path, key, expireTimeout, aliveTimeout, liveness, value, discovery,
        origins,
        use);
  }

  ServerOptions discovery(boolean value) {
    return new ServerOptions(path, key, expireTimeout, aliveTimeout, liveness, concurrentLimit,
        value,
        origins, use);
  }

  ServerOptions origins(String... values) {
    return new ServerOptions(path, key, expireTimeout, aliveTimeout, liveness, concurrentLimit,
        discovery,
        List.of(values), use);
  }

  /** The same, but a server of its own. */
  ServerOptions alone(String scene) {
    return new ServerOptions(path, key, expireTimeout, aliveTimeout, liveness, concurrentLimit,
        discovery,
        origins, scene);
  }

  /** The options that both servers have by the same names. */
  Map<String, Object> common() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("key", key);
    options.put("expire_timeout", expireTimeout);
    options.put("alive_timeout", aliveTimeout);
    options.put("concurrent_limit", concurrentLimit);
    options.put("allow_discovery", discovery);
    return options;
  }
}
