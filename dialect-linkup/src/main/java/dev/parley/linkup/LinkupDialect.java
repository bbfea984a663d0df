package dev.parley.linkup;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.Facilities;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.json.JsonSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocol of linkup's broker: one WebSocket path, at the mount itself. */
public final class LinkupDialect implements Dialect {

  static final String NAME = "linkup";

  private final LinkupOptions options;
  private final Facilities facilities;
  private final LinkupInterpreter signals;
  private final LinkupDecoder decoder;
  private @Nullable LinkupLegacyBrokers brokers;

  LinkupDialect(LinkupOptions options, Facilities facilities) {
    JsonSource json = new JsonSource(facilities.jsonDepth());
    this.options = options;
    this.facilities = facilities;
    this.signals = new LinkupInterpreter(json);
    this.decoder = new LinkupDecoder(json, signals);
  }

  /** With and without a slash at the end, as people write it. */
  @Override
  public void mount(String realm, Routes routes) {
    LinkupExternalBrokers elsewhere = elsewhere(realm);
    for (String path : List.of("", "/")) {
      routes.webSocket(
          path,
          arrival -> arrival.admit(
              context -> new LinkupSession(context, realm, options, decoder, elsewhere)));
    }
  }

  /** A node joins the brokers once, whatever number of mounts it has, for the first one's realm. */
  private synchronized LinkupExternalBrokers elsewhere(String realm) {
    ServiceUrl redis = options.legacyCluster().redis();
    if (redis == null) {
      return LinkupExternalBrokers.NOWHERE;
    }
    if (brokers == null) {
      brokers = new LinkupLegacyBrokers(realm, redis, options.legacyCluster(), facilities);
    }
    return brokers.realm().equals(realm) ? brokers : LinkupExternalBrokers.NOWHERE;
  }

  @Override
  public Interpreter interpreter() {
    return signals;
  }
}
