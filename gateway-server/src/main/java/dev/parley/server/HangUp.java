package dev.parley.server;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles SIGHUP, which would end the JVM: supervisors and log rotation send it to servers to make
 * them reload, and so it does. It stops the process only if its terminal is gone, as when a window
 * is closed.
 */
final class HangUp {
  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
  private static final String TERMINAL = "/dev/tty";

  private final CompletableFuture<Void> stop;
  private final boolean fromTerminal = isThere(TERMINAL);
  private final AtomicReference<@Nullable Runnable> reload = new AtomicReference<>();

  /**
   * @param stop completed if the process is to stop because of it
   */
  HangUp(CompletableFuture<Void> stop) {
    this.stop = stop;
  }

  /** Runs from now on whenever the signal arrives, on a thread of its own. */
  void onReload(Runnable action) {
    reload.set(action);
  }

  /** Installs the handler. */
  void handle() {
    try {
      // By reflection: the compiler warns about these types, and the warning cannot be suppressed.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(), new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                arrived();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException | RuntimeException unsupported) {
      LOG.debug("SIGHUP is left to the JVM", unsupported);
    }
  }

  private void arrived() {
    if (fromTerminal && !isThere(TERMINAL)) {
      LOG.info("SIGHUP: the terminal is gone, the node stops");
      stop.complete(null);
      return;
    }
    Runnable action = reload.get();
    if (action == null) {
      LOG.info("SIGHUP has no effect yet: the node is starting");
    } else {
      action.run();
    }
  }

  private static boolean isThere(String terminal) {
    try (var opened = new FileInputStream(terminal)) {
      return opened.getFD().valid();
    } catch (IOException gone) {
      return false;
    }
  }
}
