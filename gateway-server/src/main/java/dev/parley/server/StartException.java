package dev.parley.server;

import java.io.Serial;
import java.util.regex.Pattern;

/** The process cannot start although its configuration is sound. The message is one line. */
public final class StartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What the native transport says before the system's own words. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-\\d+\\): ");

  /**
   * @param what could not be had, such as {@code management 127.0.0.1:9001}
   */
  public StartException(String what, Throwable cause) {
    super(OneLine.of(what + ": " + reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    // Some of the JDK's messages are a bare path or name, which says nothing without the kind.
    return message.contains(" ")
        ? SYSTEM_CALL.matcher(message).replaceFirst("")
        : kind + " " + message;
  }
}
