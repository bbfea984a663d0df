package dev.parley.calling;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Makes the calling dialect. */
public final class CallingDialectProvider implements DialectProvider<CallingOptions> {

  @Override
  public String name() {
    return CallingDialect.NAME;
  }

  @Override
  public Class<CallingOptions> optionsType() {
    return CallingOptions.class;
  }

  @Override
  public CallingOptions defaults() {
    return CallingOptions.DEFAULT;
  }

  @Override
  public Dialect create(CallingOptions options, DialectContext dialectContext) {
    return new CallingDialect(options, dialectContext);
  }
}
