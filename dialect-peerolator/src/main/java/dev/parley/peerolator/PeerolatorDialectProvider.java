package dev.parley.peerolator;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Makes the Peerolator dialect. */
public final class PeerolatorDialectProvider implements DialectProvider<PeerolatorOptions> {

  @Override
  public String name() {
    return PeerolatorDialect.NAME;
  }

  @Override
  public Class<PeerolatorOptions> optionsType() {
    return PeerolatorOptions.class;
  }

  @Override
  public PeerolatorOptions defaults() {
    return PeerolatorOptions.DEFAULT;
  }

  @Override
  public Dialect create(PeerolatorOptions options, DialectContext dialectContext) {
    return new PeerolatorDialect(options, dialectContext);
  }
}
