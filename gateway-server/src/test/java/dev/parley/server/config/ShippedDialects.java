package dev.parley.server.config;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectProvider;
import java.util.List;
import java.util.Map;

/** The dialects that the shipped files and the documentation speak of. */
final class ShippedDialects {
  private ShippedDialects() {}

  static List<DialectProvider<?>> all() {
    return List.of(new PeerJs());
  }

  record PeerJsOptions(
      String key,
      Map<String, String> keys,
      int expire_timeout,
      int alive_timeout,
      int concurrent_limit,
      boolean allow_discovery,
      boolean proxied,
      List<String> cors,
      String generateClientId) {}

  private static final class PeerJs implements DialectProvider<PeerJsOptions> {
    @Override
    public String name() {
      return "peerjs";
    }

    @Override
    public String defaultPath() {
      return "/";
    }

    @Override
    public Class<PeerJsOptions> optionsType() {
      return PeerJsOptions.class;
    }

    @Override
    public PeerJsOptions defaults() {
      return new PeerJsOptions(
          "peerjs", Map.of(), 5000, 60_000, 5000, false, false, List.of("*"), "uuid");
    }

    @Override
    public Dialect create(PeerJsOptions options) {
      throw new UnsupportedOperationException("only configured here");
    }
  }
}
