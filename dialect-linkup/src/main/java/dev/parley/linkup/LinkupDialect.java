package dev.parley.linkup;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.json.JsonSource;
import dev.parley.linkup.legacy.LinkupExternalBrokers;
import dev.parley.linkup.legacy.LinkupLegacyBrokers;
import org.jspecify.annotations.Nullable;

/** The protocol of linkup's broker: one WebSocket path, at the mount itself. */
public final class LinkupDialect implements Dialect {

  static final String NAME = "linkup";

  private final LinkupOptions options;
  private final DialectContext dialectContext;
  private final LinkupInterpreter interpreter;
  private final LinkupDecoder decoder;
  private @Nullable LinkupLegacyBrokers brokers;

  LinkupDialect(LinkupOptions options, DialectContext dialectContext) {
    JsonSource json = new JsonSource(dialectContext.jsonDepth());
    this.options = options;
    this.dialectContext = dialectContext;
    this.interpreter = new LinkupInterpreter(json);
    this.decoder = new LinkupDecoder(json, interpreter);
  }

  /** With and without a slash at the end: clients are configured with both. */
  @Override
  public void mount(String realm, Routes routes) {
    LinkupHandshakeHandler handler =
        new LinkupHandshakeHandler(realm, options, decoder, externalBrokers(realm));
    routes.webSocket("", handler);
    routes.webSocket("/", handler);
  }

  /** A node joins their cluster once, however many mounts it has, for the realm of the first. */
  private synchronized LinkupExternalBrokers externalBrokers(String realm) {
    ServiceUrl redis = options.legacyCluster().redis();
    if (redis == null) {
      return LinkupExternalBrokers.NONE;
    }
    if (brokers == null) {
      brokers = new LinkupLegacyBrokers(realm, redis, options.legacyCluster(), dialectContext);
    }
    return brokers.realm().equals(realm) ? brokers : LinkupExternalBrokers.NONE;
  }

  @Override
  public Interpreter interpreter() {
    return interpreter;
  }
}
