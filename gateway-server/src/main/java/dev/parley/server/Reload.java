package dev.parley.server;

import dev.parley.config.ConfigurationException;
import dev.parley.server.config.LoadedConfiguration;
import dev.parley.server.logging.LogbackSetup;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again, checks it whole, and takes all of it that may change while the node
 * runs, or nothing. What needs a restart is named in the log. Blocks; requests are handled one after
 * the other.
 */
final class Reload implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  /** Keys that take effect without a restart. */
  private static final Pattern LIVE =
      Pattern.compile("(gate|realms|turn|logging)(\\..*)?|listeners\\.\\d+\\.origins");

  private final Supplier<LoadedConfiguration> again;
  private final GatewayService gateway;
  private final StopSignal stop;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that the node has started with; what needs a restart is compared with them. */
  private final LoadedConfiguration started;

  /** Those that were taken last. */
  private LoadedConfiguration current;

  /**
   * @param started the configuration of the node's start
   * @param again reads and checks the configuration
   */
  Reload(
      LoadedConfiguration started, Supplier<LoadedConfiguration> again, GatewayService gateway,
      StopSignal stop) {
    this.started = started;
    this.current = started;
    this.again = again;
    this.gateway = gateway;
    this.stop = stop;
  }

  /** Whether the key takes effect without a restart. */
  static boolean isLive(String key) {
    return LIVE.matcher(key).matches();
  }

  @Override
  public void run() {
    lock.lock();
    try {
      if (!stop.requested().isDone()) {
        reload();
      }
    } finally {
      lock.unlock();
    }
  }

  private void reload() {
    try {
      LoadedConfiguration next = again.get();
      gateway.reload(next.options()).toCompletionStage().toCompletableFuture().join();
      if (!next.options().logging().equals(current.options().logging())) {
        LogbackSetup.apply(next.options().logging());
      }
      List<String> taken =
          next.differencesTo(current).stream().filter(Reload::isLive).toList();
      current = next;
      LOG.info("configuration read again: changed={} gate={}",
          taken.isEmpty() ? "nothing" : String.join(",", taken),
          GateAssembly.describe(next.options()));
      warnOfRestart(next);
    } catch (RuntimeException failed) {
      LOG.error("configuration read again, and nothing changes: {}", OneLine.of(reason(failed)));
      LOG.debug("The configuration could not be taken", failed);
    }
  }

  private void warnOfRestart(LoadedConfiguration next) {
    List<String> waiting =
        next.differencesTo(started).stream().filter(key -> !isLive(key)).toList();
    if (!waiting.isEmpty()) {
      LOG.warn("these keys take effect when the node is started again: {}",
          String.join(", ", waiting));
    }
  }

  private static String reason(Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException && failed.getCause() != null ? failed.getCause()
            : failed;
    String message = cause.getMessage();
    return cause instanceof ConfigurationException || cause instanceof StartException
        ? String.valueOf(message)
        : cause.toString();
  }
}
