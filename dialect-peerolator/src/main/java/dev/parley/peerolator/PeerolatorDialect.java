package dev.parley.peerolator;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
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

  PeerolatorDialect(PeerolatorOptions options, DialectContext dialectContext) {
    this.options = options;
    this.decoder =
        new PeerolatorDecoder(dialectContext.jsonDepth(),
            PeerolatorMessageSchemas.of(options.schemas()));
    this.interpreter = new PeerolatorInterpreter(dialectContext.jsonDepth());
  }

  @Override
  public void mount(String realm, Routes routes) {
    routes.webSocket("/server", new PeerolatorServerHandshakeHandler(options, decoder, realm));
    routes.webSocket("/client/{serverId}",
        new PeerolatorClientHandshakeHandler(options, decoder, realm));
  }

  @Override
  public Interpreter interpreter() {
    return interpreter;
  }
}
