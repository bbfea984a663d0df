package dev.parley.server;

import java.io.Serial;
import java.util.regex.Pattern;

/** The process cannot start although its configuration is sound. The message is one line. */
public final class StartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Prefix of the native transport before the message of the system. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-\\d+\\): ");

  /**
   * @param what could not be opened, such as {@code management 127.0.0.1:9001}
   */
  public StartException(String what, Throwable cause) {
    super(OneLine.of(what + ": " + reason(cause)), cause);
  }

  /** With a complete message of one line. */
  StartException(String line) {
    super(OneLine.of(line));
  }

  private StartException(Throwable cause, String line) {
    super(OneLine.of(line), cause);
  }

  /**
   * A port that cannot be opened, and the remedy.
   *
   * @param what it was for, such as {@code management 127.0.0.1:9001}
   * @param section of the configuration, whose keys {@code host} and {@code port} name it
   */
  static StartException ofPort(String what, String section, Throwable cause) {
    String reason = reason(cause);
    return new StartException(cause, what + ": " + reason + advice(reason, section));
  }

  private static String advice(String reason, String section) {
    String port = section + ".port";
    String host = section + ".host";
    if (reason.contains("already in use")) {
      return "; stop what has it, perhaps another gateway, or set " + port + " (--set " + port
          + "=PORT, 0 for any)";
    }
    if (reason.contains("Permission denied")) {
      return "; set " + port + " to 1024 or higher, or give the process CAP_NET_BIND_SERVICE";
    }
    if (reason.contains("assign requested address") || reason.contains("resolve")) {
      return "; set " + host + " to an address of this machine";
    }
    return "";
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    // Some messages of the JDK are a bare path or name, which is meaningless without the kind.
    return message.contains(" ")
        ? SYSTEM_CALL.matcher(message).replaceFirst("")
        : kind + " " + message;
  }
}
