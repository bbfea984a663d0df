package dev.parley.server;

import java.util.concurrent.CompletableFuture;

/**
 * SIGTERM and SIGINT as a {@link StopSignal}. The JVM runs shutdown hooks on both and would then
 * exit with 143 or 130 as if it had been killed; this hook waits until the process has drained and
 * ends it with the exit code of that.
 */
final class ProcessStop implements StopSignal {
  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CompletableFuture<Integer> finished = new CompletableFuture<>();

  private final HangUp hangUp = new HangUp(requested);

  private ProcessStop() {}

  /** Listens for the signals from now on. */
  static ProcessStop install() {
    var stop = new ProcessStop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::shutDown, "stop"));
    stop.hangUp.handle();
    return stop;
  }

  @Override
  public CompletableFuture<Void> requested() {
    return requested;
  }

  @Override
  public void onReload(Runnable reload) {
    hangUp.onReload(reload);
  }

  /** Ends the process, either directly or by completing the shutdown that a signal has begun. */
  void exit(int code) {
    finished.complete(code);
    System.exit(code);
  }

  private void shutDown() {
    if (finished.isDone()) {
      return;
    }
    requested.complete(null);
    Runtime.getRuntime().halt(finished.join());
  }
}
