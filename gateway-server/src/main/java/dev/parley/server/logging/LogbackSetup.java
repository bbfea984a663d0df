package dev.parley.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.parley.server.config.LoggingOptions;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Configures Logback without a file: all logs go to standard error, so that standard output has the
 * ready line alone. Logback finds this class through {@link java.util.ServiceLoader} and starts
 * with the defaults; {@link #apply(LoggingOptions)} then applies the configuration.
 */
public final class LogbackSetup extends ContextAwareBase implements Configurator {
  /**
   * A message, or that of an exception, may contain input of clients: line breaks are escaped, so
   * that input cannot forge a log line. Those between the lines of a stack trace stay.
   */
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: "
          + "%replace(%msg){'\\p{Cntrl}+', ' '}%n"
          + "%replace(%ex){'[\\p{Cntrl}&&[^\\n\\t]]"
          + "|\\n(?!\\t*(at |\\.\\.\\. |Caused by: |Suppressed: |$))', ' '}"
          + "%nopex";

  /** The libraries log too much at debug; trace has everything. */
  private static final List<String> LIBRARIES = List.of("io.micrometer", "io.netty", "io.vertx");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    apply(context, LoggingOptions.DEFAULT);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Applies the options to the logging of this process. */
  public static void apply(LoggingOptions options) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      apply(context, options);
    }
  }

  private static void apply(LoggerContext context, LoggingOptions options) {
    context.reset();
    Encoder<ILoggingEvent> encoder =
        switch (options.format()) {
          case TEXT -> lines(context);
          case JSON -> json(context);
        };
    encoder.start();
    var standardError = new ConsoleAppender<ILoggingEvent>();
    standardError.setContext(context);
    standardError.setName("standard-error");
    standardError.setTarget("System.err");
    standardError.setEncoder(encoder);
    standardError.start();
    // Its errors are returned with the connection that failed, and logged by the owner of the
    // connection.
    context.getLogger("io.vertx.redis.client.impl.RedisConnectionManager").setLevel(Level.OFF);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(options.level()));
    root.addAppender(standardError);
    if (options.level() == LoggingOptions.Level.DEBUG) {
      LIBRARIES.forEach(library -> context.getLogger(library).setLevel(Level.INFO));
    }
  }

  private static PatternLayoutEncoder lines(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE);
    return encoder;
  }

  private static JsonEncoder json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    return encoder;
  }

  private static Level level(LoggingOptions.Level level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
      case TRACE -> Level.TRACE;
    };
  }
}
