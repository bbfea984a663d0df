package dev.parley.bench.load;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** All event loops of a generator, for another thread. */
final class LoadLoops implements AutoCloseable {

  private final EventLoopGroup group;
  private final List<LoadLoop> loops = new ArrayList<>();

  LoadLoops(EventLoopGroup group, Function<LoadLoop, Traffic> traffic) {
    this.group = group;
    for (EventExecutor executor : group) {
      loops.add(new LoadLoop((EventLoop) executor, traffic));
    }
  }

  List<LoadLoop> all() {
    return loops;
  }

  /** Runs an action in the thread of each loop, one after the other, and waits for it. */
  void each(Consumer<LoadLoop> task) {
    loops.forEach(loop -> CompletableFuture.runAsync(() -> task.accept(loop), loop.eventLoop())
        .join());
  }

  /** Sums up a count of each loop, read in its thread. */
  long sum(ToLongFunction<LoadLoop> count) {
    return loops.stream()
        .map(loop -> CompletableFuture.supplyAsync(() -> count.applyAsLong(loop), loop.eventLoop()))
        .mapToLong(CompletableFuture::join).sum();
  }

  /** Closes all connections, and waits until that is done. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
