package dev.parley.peerjs;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the dialect with a clock that stands still but when a test moves it. Any thread. */
final class PeerJsClockedProvider implements DialectProvider<PeerJsOptions> {

  private final PeerJsDialectProvider real = new PeerJsDialectProvider();
  private final AtomicLong nanoTime = new AtomicLong();

  void passes(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Class<PeerJsOptions> optionsType() {
    return real.optionsType();
  }

  @Override
  public PeerJsOptions defaults() {
    return real.defaults();
  }

  @Override
  public Dialect create(PeerJsOptions options, DialectContext dialectContext) {
    return new PeerJsDialect(options, dialectContext, nanoTime::get);
  }
}
