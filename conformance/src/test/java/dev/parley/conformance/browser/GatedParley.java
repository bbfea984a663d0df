package dev.parley.conformance.browser;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process of the gateway with all four dialects, whose gate lets in who has a token of an OpenID
 * provider. Any thread.
 *
 * @param process the process
 */
record GatedParley(PeerServer process) implements AutoCloseable {

  static final String AUDIENCE = "urn:parley:test";

  /** Starts it with more settings. */
  static GatedParley start(OidcProvider provider, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("gate.0.jwt.issuer", provider.issuer());
    all.put("gate.0.jwt.audience", "[\"" + AUDIENCE + "\"]");
    all.putAll(settings);
    return new GatedParley(ParleyServer.startProcess(PeerServerOptions.defaults(), all));
  }

  InetSocketAddress address() {
    return process.address();
  }

  URI peerJs(String id, String token) {
    return uri("/peerjs?key=peerjs&id=" + id + "&token=" + token);
  }

  /** A path with a token. */
  URI with(String path, String token) {
    return uri(path + "?token=" + token);
  }

  URI uri(String pathAndQuery) {
    return URI.create("ws://127.0.0.1:" + address().getPort() + pathAndQuery);
  }

  @Override
  public void close() {
    process.close();
  }
}
