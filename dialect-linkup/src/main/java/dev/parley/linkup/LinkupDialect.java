package dev.parley.linkup;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.Facilities;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.json.JsonSource;

/** The protocol of linkup's broker: one WebSocket path, at the mount itself. */
public final class LinkupDialect implements Dialect {

  static final String NAME = "linkup";

  private final LinkupOptions options;
  private final SignalReader signals;
  private final LinkupDecoder decoder;

  LinkupDialect(LinkupOptions options, Facilities facilities) {
    JsonSource json = new JsonSource(facilities.jsonDepth());
    this.options = options;
    this.signals = new SignalReader(json);
    this.decoder = new LinkupDecoder(json, signals);
  }

  /** With and without a slash at the end, as people write it. */
  @Override
  public void mount(String realm, Routes routes) {
    for (String path : new String[] {"", "/"}) {
      routes.webSocket(
          path,
          arrival -> arrival.admit(
              context -> new LinkupSession(context, realm, options, decoder)));
    }
  }

  @Override
  public Interpreter interpreter() {
    return signals;
  }
}
