package org.example.bell;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** How Parley finds the dialect; named in META-INF/services. */
public final class BellProvider implements DialectProvider<BellOptions> {

  @Override
  public String name() {
    return BellDialect.NAME;
  }

  @Override
  public Class<BellOptions> optionsType() {
    return BellOptions.class;
  }

  @Override
  public BellOptions defaults() {
    return BellOptions.DEFAULT;
  }

  @Override
  public Dialect create(BellOptions options, DialectContext context) {
    return new BellDialect(options, context);
  }
}
