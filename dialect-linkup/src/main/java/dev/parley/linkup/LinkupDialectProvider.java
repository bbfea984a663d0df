package dev.parley.linkup;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;

/** Makes the linkup dialect. */
public final class LinkupDialectProvider implements DialectProvider<LinkupOptions> {

  @Override
  public String name() {
    return LinkupDialect.NAME;
  }

  @Override
  public Class<LinkupOptions> optionsType() {
    return LinkupOptions.class;
  }

  @Override
  public LinkupOptions defaults() {
    return LinkupOptions.DEFAULT;
  }

  @Override
  public Dialect create(LinkupOptions options, DialectContext dialectContext) {
    return new LinkupDialect(options, dialectContext);
  }
}
