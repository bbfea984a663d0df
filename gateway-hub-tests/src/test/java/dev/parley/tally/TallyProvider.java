package dev.parley.tally;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Provider of the dialect for test gateways. */
public final class TallyProvider implements DialectProvider<TallyOptions> {

  @Override
  public String name() {
    return TallySession.DIALECT;
  }

  @Override
  public Class<TallyOptions> optionsType() {
    return TallyOptions.class;
  }

  @Override
  public TallyOptions defaults() {
    return new TallyOptions(Ledger.NONE);
  }

  @Override
  public Dialect create(TallyOptions options, DialectContext dialectContext) {
    return (realm, routes) -> routes.webSocket("/in", new TallyGreeter(realm, options.ledger()));
  }
}
