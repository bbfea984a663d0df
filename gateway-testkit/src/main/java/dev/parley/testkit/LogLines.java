package dev.parley.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.testkit.waits.Waits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Captures the log lines of a class from INFO on, as {@code WARN text}, that contain a text. For
 * modules whose tests have Logback. Any thread.
 */
public final class LogLines implements AutoCloseable {

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.INFO)
          && event.getFormattedMessage().contains(about)) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
  };
  private final String about;

  /**
   * Listens.
   *
   * @param about the text that the lines contain, as other tests may log at the same time
   */
  public LogLines(Class<?> source, String about) {
    this.about = about;
    logger = (Logger) LoggerFactory.getLogger(source);
    logger.setLevel(Level.INFO);
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
  }

  /** Those so far, in their order. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits for a line. */
  public void awaits(String part) {
    Waits.until(
        () -> "the line " + part + " in " + lines,
        () -> lines.stream().anyMatch(line -> line.contains(part)));
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
