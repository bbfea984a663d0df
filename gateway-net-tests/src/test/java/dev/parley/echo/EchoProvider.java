package dev.parley.echo;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Echoes each message: a text unchanged, a binary message as its digest. */
public final class EchoProvider implements DialectProvider<EchoProvider.Options> {

  /** The dialect's name, and its path. */
  public static final String NAME = "echo";

  /** No options. */
  public record Options() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Options defaults() {
    return new Options();
  }

  @Override
  public Dialect create(Options options, DialectContext dialectContext) {
    return (realm, routes) -> routes.webSocket(
        "/", arrival -> arrival.admit(context -> new EchoSession(context.connection())));
  }
}
