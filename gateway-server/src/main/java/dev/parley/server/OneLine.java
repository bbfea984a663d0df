package dev.parley.server;

/** Text made fit for one line of a terminal or a log. */
final class OneLine {
  private OneLine() {}

  static String of(String text) {
    return text.strip().replaceAll("\\p{Cntrl}+", " ");
  }
}
