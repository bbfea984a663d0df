package dev.parley.net.proxy;

import java.util.Optional;

/** Parses one element of a {@code Forwarded} header (RFC 7239, section 4). */
final class ForwardedElement {

  private final String text;
  private int at;

  private ForwardedElement(String text) {
    this.text = text;
  }

  /**
   * The value of the element's parameter {@code for}, unquoted.
   *
   * @return empty if it is missing or repeated, or if the element is malformed
   */
  static Optional<String> clientOf(String element) {
    return new ForwardedElement(element).client();
  }

  private Optional<String> client() {
    Optional<String> client = Optional.empty();
    for (skip(); at < text.length(); skip()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String name = text.substring(at, equals);
      at = equals + 1;
      Optional<String> value = value();
      boolean isClient = name.equalsIgnoreCase("for");
      if (value.isEmpty() || (isClient && client.isPresent())) {
        return Optional.empty();
      }
      client = isClient ? value : client;
    }
    return client;
  }

  /** Skips separators; there may be several in a row. */
  private void skip() {
    while (at < text.length() && (text.charAt(at) == ';' || isBlank(text.charAt(at)))) {
      at++;
    }
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }

  /**
   * A quoted value, or everything up to the next separator; empty if a quoted text is unterminated.
   */
  private Optional<String> value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int separator = text.indexOf(';', at);
    int end = separator < 0 ? text.length() : separator;
    String value = text.substring(at, end).strip();
    at = end;
    return Optional.of(value);
  }

  private Optional<String> quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        value.append(text.charAt(at));
      }
    }
    if (at >= text.length()) {
      return Optional.empty();
    }
    at++;
    int end = at;
    skip();
    boolean isOver = at == text.length() || text.substring(end, at).indexOf(';') >= 0;
    return isOver ? Optional.of(value.toString()) : Optional.empty();
  }
}
