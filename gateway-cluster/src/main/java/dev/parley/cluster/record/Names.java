package dev.parley.cluster.record;

/**
 * Escapes names of users, rooms, and namespaces for keys and fields: injective, on one line,
 * without blanks, slashes, or colons. A character that cannot stay, including an unpaired
 * surrogate, which UTF-8 cannot encode, becomes {@code %} and four hexadecimal digits.
 */
final class Names {

  private static final char MARK = '%';
  private static final int DIGITS = 4;

  private Names() {}

  static String escape(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (Character.isHighSurrogate(each) && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        escaped.append(each).append(name.charAt(++i));
      } else if (mayStay(each)) {
        escaped.append(each);
      } else {
        escaped.append(MARK).append(String.format("%04x", (int) each));
      }
    }
    return escaped.toString();
  }

  private static boolean mayStay(char each) {
    return each > ' ' && each != MARK && each != '/' && each != ':' && each != '\u007f'
        && !Character.isSurrogate(each);
  }

  /**
   * Reverses {@link #escape}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static String unescape(String escaped) {
    StringBuilder name = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char each = escaped.charAt(i);
      if (each != MARK) {
        name.append(each);
      } else if (i + DIGITS < escaped.length()) {
        name.append((char) Integer.parseInt(escaped, i + 1, i + 1 + DIGITS, 16));
        i += DIGITS;
      } else {
        throw new IllegalArgumentException("no name: " + escaped);
      }
    }
    return name.toString();
  }
}
