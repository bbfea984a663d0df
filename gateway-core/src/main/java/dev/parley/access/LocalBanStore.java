package dev.parley.access;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The bans of a single node, in memory. Thread-safe. */
public final class LocalBanStore implements BanStore {

  private final InstantSource clock;
  private final Map<Ban.Subject, Ban> bans = new LinkedHashMap<>();
  private Consumer<List<Ban>> listener = all -> {};

  public LocalBanStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void listen(Consumer<List<Ban>> wants) {
    listener = wants;
    wants.accept(List.copyOf(bans.values()));
  }

  @Override
  public synchronized Future<Void> put(Ban ban) {
    bans.values().removeIf(each -> !each.until().isAfter(clock.instant()));
    if (bans.size() >= MAX_BANS && !bans.containsKey(ban.subject())) {
      return Future.failedFuture(new IllegalStateException("there are too many bans"));
    }
    bans.put(ban.subject(), ban);
    listener.accept(List.copyOf(bans.values()));
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Void> remove(Ban ban) {
    bans.remove(ban.subject());
    listener.accept(List.copyOf(bans.values()));
    return Future.succeededFuture();
  }
}
