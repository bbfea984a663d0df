package dev.parley.net;

import java.io.Serial;

/** A listener cannot be opened; the message names it, the cause says why. */
public final class ListenerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int listener;

  ListenerException(int listener, ListenerOptions options, Throwable cause) {
    super("listener " + options.host() + ":" + options.port(), cause);
    this.listener = listener;
  }

  /** Its index among the configured listeners, from 0. */
  public int listener() {
    return listener;
  }
}
