package dev.parley.server;

/** Escapes text for one line of a terminal or a log. */
final class OneLine {
  private OneLine() {}

  static String of(String text) {
    return text.strip().replaceAll("\\p{Cntrl}+", " ");
  }
}
