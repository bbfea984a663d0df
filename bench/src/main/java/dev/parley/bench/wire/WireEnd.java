package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;

/**
 * One client: how it connects, becomes known to its server, and writes and recognises signals. The
 * second end of a pair connects when the first is {@link Heard#KNOWN}; signals flow when both are
 * {@link Heard#READY}. One thread.
 */
public interface WireEnd {

  /** What a message from the server is. */
  enum Heard {
    /** Something that belongs to the protocol and is no signal, such as an answer. */
    NOTHING,
    /** The server knows this client now, so that its partner may come. */
    KNOWN,
    /** The same, and this client may send and get signals. */
    READY,
    /** A signal as its partner sent it; its marks are {@link WireEnd#last}. */
    SIGNAL,
    /** Neither: an altered signal, or an unexpected message. */
    ALTERED
  }

  /** The target of the request for a WebSocket. Asked once, when this end connects. */
  String target();

  /** The connection is open. */
  default void opened(Replies replies) {}

  /** A message came: the bytes from {@code from} up to {@code to}, valid during the call. */
  Heard hear(byte[] bytes, int from, int to, Replies replies);

  /** The marks of the last signal heard; the same object each time. */
  SignalMarks last();

  /**
   * Appends a whole frame that brings a signal to the partner. Not before this end is ready.
   *
   * @param number the signal's number, counted from 0 by its sender
   * @param nanos when it was to be sent, by {@link System#nanoTime}
   */
  void write(long number, long nanos, ByteBuf to);

  /** Whether it sends signals; if not, {@link #write} is never called. */
  default boolean speaks() {
    return true;
  }

  /** How many answers of the server to what was written have not come, where there are answers. */
  default long unanswered() {
    return 0;
  }

  /** Sends what a protocol asks for beside signals. */
  interface Replies {
    /** Sends a text message now. */
    void text(String message);
  }
}
