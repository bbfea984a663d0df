package dev.parley.peerolator;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.IceServers;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.dialect.ServerIds;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;

/**
 * The protocol of Peerolator: a server that gets an id at {@code server}, and its clients, which
 * name that id at {@code client/{serverId}}.
 */
public final class PeerolatorDialect implements Dialect {

  static final String NAME = "peerolator";

  private final PeerolatorOptions options;
  private final PeerolatorDecoder decoder;
  private final Interpreter interpreter;
  private final ServerIds ids;
  private final IceServers iceServers;

  PeerolatorDialect(PeerolatorOptions options, DialectContext dialectContext) {
    this.options = options;
    this.decoder =
        new PeerolatorDecoder(dialectContext.jsonDepth(),
            PeerolatorMessageSchemas.of(options.schemas()));
    this.interpreter = new PeerolatorInterpreter(dialectContext.jsonDepth());
    this.ids = dialectContext.ids();
    this.iceServers = dialectContext.iceServers();
  }

  @Override
  public void mount(String realm, Routes routes) {
    routes.webSocket("/server",
        new PeerolatorServerHandshakeHandler(options, decoder,
            new PeerolatorAdmission(realm, options.serverIds(), ids), iceServers));
    routes.webSocket("/client/{serverId}",
        new PeerolatorClientHandshakeHandler(options, decoder,
            new PeerolatorAdmission(realm, options.clientIds(), ids), iceServers));
  }

  @Override
  public Interpreter interpreter() {
    return interpreter;
  }
}
