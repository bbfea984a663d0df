package org.example.bell;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.Routes;

/** One WebSocket path: {@code door}, below the mount. */
final class BellDialect implements Dialect {

  static final String NAME = "bell";

  private final BellOptions options;
  private final BellDecoder decoder;

  BellDialect(BellOptions options, DialectContext context) {
    this.options = options;
    this.decoder = new BellDecoder(context.jsonDepth());
  }

  @Override
  public void mount(String realm, Routes routes) {
    routes.webSocket(
        "/door",
        arrival -> arrival.admit(context -> new BellSession(context, realm, options, decoder)));
  }
}
