package dev.parley.conformance.browser;

import java.time.Duration;
import java.util.List;

/**
 * How a server is started, in PeerServer's own terms.
 *
 * @param discovery whether clients may list the peers
 * @param expireTimeout how long signals wait for an absent peer
 * @param aliveTimeout time-out of silent clients; only heartbeats keep them alive
 * @param concurrentLimit how many clients at once
 * @param key the key that clients name
 * @param path where the server is mounted
 * @param corsOrigins origins that may ask for an id; empty means all
 */
record PeerServerOptions(boolean discovery, Duration expireTimeout, Duration aliveTimeout,
    int concurrentLimit, String key,
    String path, List<String> corsOrigins) {

  static PeerServerOptions defaults() {
    return new PeerServerOptions(false, Duration.ofSeconds(5), Duration.ofSeconds(60), 5000,
        "peerjs", "/", List.of());
  }

  PeerServerOptions withDiscovery() {
    return new PeerServerOptions(true, expireTimeout, aliveTimeout, concurrentLimit, key, path,
        corsOrigins);
  }

  PeerServerOptions withExpireTimeout(Duration value) {
    return new PeerServerOptions(discovery, value, aliveTimeout, concurrentLimit, key, path,
        corsOrigins);
  }

  PeerServerOptions withAliveTimeout(Duration value) {
    return new PeerServerOptions(discovery, expireTimeout, value, concurrentLimit, key, path,
        corsOrigins);
  }

  PeerServerOptions withConcurrentLimit(int value) {
    return new PeerServerOptions(discovery, expireTimeout, aliveTimeout, value, key, path,
        corsOrigins);
  }

  PeerServerOptions withKey(String value) {
    return new PeerServerOptions(discovery, expireTimeout, aliveTimeout, concurrentLimit, value,
        path, corsOrigins);
  }

  PeerServerOptions withPath(String value) {
    return new PeerServerOptions(discovery, expireTimeout, aliveTimeout, concurrentLimit, key,
        value, corsOrigins);
  }

  PeerServerOptions withCorsOrigins(String... values) {
    return new PeerServerOptions(discovery, expireTimeout, aliveTimeout, concurrentLimit, key, path,
        List.of(values));
  }
}
