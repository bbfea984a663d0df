package dev.parley.echo;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectProvider;
import dev.parley.dialect.Facilities;

/** What a client says is said to it: a text as it is, a binary message by its digest. */
public final class EchoProvider implements DialectProvider<EchoProvider.Options> {

  /** The dialect's name, and its path. */
  public static final String NAME = "echo";

  /** There is nothing to choose. */
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
  public Dialect create(Options options, Facilities facilities) {
    return (realm, routes) -> routes.webSocket(
        "/", arrival -> arrival.admit(context -> new EchoSession(context.connection())));
  }
}
