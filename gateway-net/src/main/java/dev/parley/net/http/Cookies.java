package dev.parley.net.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses cookies as servers do that have to cope with what is out there: no header is an error, and
 * what is no cookie is skipped (RFC 6265, section 5.4; several lines are one list).
 */
public final class Cookies {

  /** Browsers keep some 180 for a site; the head of a request bounds their bytes. */
  static final int MAX = 200;

  private Cookies() {}

  /**
   * The cookies by their names; of a repeated one the first, which has the most specific path.
   * Values are as they were sent, without the quotes around them.
   */
  public static Map<String, String> parse(List<String> lines) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String line : lines) {
      int start = 0;
      while (start < line.length() && cookies.size() < MAX) {
        int semicolon = line.indexOf(';', start);
        int end = semicolon < 0 ? line.length() : semicolon;
        add(line.substring(start, end), cookies);
        start = end + 1;
      }
    }
    return cookies;
  }

  private static void add(String pair, Map<String, String> cookies) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : pair.substring(0, equals).strip();
    if (!name.isEmpty()) {
      cookies.putIfAbsent(name, unquoted(pair.substring(equals + 1).strip()));
    }
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }
}
