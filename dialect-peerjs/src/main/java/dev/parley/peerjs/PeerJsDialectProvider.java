package dev.parley.peerjs;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Makes the PeerJS dialect. */
public final class PeerJsDialectProvider implements DialectProvider<PeerJsOptions> {

  @Override
  public String name() {
    return PeerJsDialect.NAME;
  }

  @Override
  public Class<PeerJsOptions> optionsType() {
    return PeerJsOptions.class;
  }

  @Override
  public PeerJsOptions defaults() {
    return PeerJsOptions.DEFAULT;
  }

  @Override
  public String defaultPath() {
    return "/";
  }

  @Override
  public Dialect create(PeerJsOptions options, DialectContext dialectContext) {
    return new PeerJsDialect(options, dialectContext);
  }
}
