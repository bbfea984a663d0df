package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.WebSocketFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The log of a page, and its signaling frames, in the order of their arrival in the test. */
final class Journal {
  private final String name;
  private final long start = System.nanoTime();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  private Journal(String name) {
    this.name = name;
  }

  static Journal of(String name, Page page) {
    Journal journal = new Journal(name);
    page.onConsoleMessage(message -> journal.add(Kind.LOG, message.type() + ": " + message.text()));
    page.onPageError(error -> journal.add(Kind.UNCAUGHT, error));
    page.onRequestFailed(
        request -> journal.add(Kind.FAILED, request.url() + " " + request.failure()));
    page.onWebSocket(journal::follow);
    return journal;
  }

  /** Of a page that is followed with {@link #note}. */
  static Journal of(String name) {
    return new Journal(name);
  }

  /**
   * Adds a line of the page's console, which may be one of the page's sockets: then its first word
   * says what it is. Any thread.
   */
  void note(String level, String text) {
    Stream.of(Kind.values())
        .filter(kind -> level.equals("debug") && text.startsWith(kind + " "))
        .findFirst()
        .ifPresentOrElse(kind -> add(kind, text.substring(kind.toString().length() + 1)),
            () -> add(Kind.LOG, level + ": " + text));
  }

  private void follow(WebSocket socket) {
    add(Kind.OPENED, socket.url());
    socket.onFrameSent(frame -> add(Kind.SENT, text(frame)));
    socket.onFrameReceived(frame -> add(Kind.RECEIVED, text(frame)));
    socket.onSocketError(error -> add(Kind.CLOSED, error));
    socket.onClose(closed -> add(Kind.CLOSED, closed.url()));
  }

  private static String text(WebSocketFrame frame) {
    String text = frame.text();
    return text != null ? text : "(" + frame.binary().length + " bytes)";
  }

  private void add(Kind kind, String text) {
    entries.add(new Entry(Duration.ofNanos(System.nanoTime() - start), kind, text));
  }

  /** The signaling frames that the page has sent so far. */
  Stream<String> sent() {
    return of(Kind.SENT);
  }

  /** What the page has logged so far. */
  Stream<String> logged() {
    return of(Kind.LOG);
  }

  private Stream<String> of(Kind kind) {
    return entries.stream().filter(entry -> entry.kind == kind).map(Entry::text);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("--- ").append(name).append('\n');
    entries.forEach(entry -> text
        .append("%6d ms %-8s %s%n".formatted(entry.since.toMillis(), entry.kind, entry.text)));
    return text.toString();
  }

  private enum Kind {
    LOG, UNCAUGHT, FAILED, OPENED, SENT, RECEIVED, CLOSED
  }

  private record Entry(Duration since, Kind kind, String text) {}
}
