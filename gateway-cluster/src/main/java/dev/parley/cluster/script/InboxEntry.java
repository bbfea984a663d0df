package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import dev.parley.signal.Undelivered.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of a node's inbox; common.lua has the forms. */
public sealed interface InboxEntry {

  /** A claim was granted; so many held {@link Letter}s follow. */
  record Granted(long registration, boolean tookOver, int mails) implements InboxEntry {}

  /** An id was claimed again in a new epoch; so many {@link Letter}s follow. */
  record Kept(long registration, int mails) implements InboxEntry {}

  /**
   * A signal.
   *
   * @param envelope the encoded signal
   * @param held whether it was held
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
  record Letter(long registration, byte[] envelope, boolean held) implements InboxEntry {}

  /** Another session has taken the id over. */
  record Superseded(long registration) implements InboxEntry {}

  /** A registration that has not released its id does not own it in Redis. */
  record Lost(long registration) implements InboxEntry {}

  /** A signal of this peer was not delivered. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
  record Returned(long registration, Cause cause, byte[] envelope) implements InboxEntry {}

  /** The answer to a watch. */
  record Watched(long watch, PeerAddress peer, boolean there) implements InboxEntry {}

  /** A watched peer has gone. */
  record Departed(PeerAddress peer) implements InboxEntry {}

  /**
   * An event for users.
   *
   * @param registrations the owners of the users
   * @param event the encoded event
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
  record News(List<Long> registrations, byte[] event) implements InboxEntry {}

  /** A command of groups has finished. */
  record Answered(long command, Ending ending) implements InboxEntry {}

  /** The outcome of a command of groups. */
  enum Ending {
    COMMITTED,
    /** Not committed: the requester is not, or no longer, the owner. */
    NO_PRECONDITION,
    /** Not committed: it needs memory, and Redis has none. */
    OUT_OF_MEMORY
  }

  /**
   * Parses an entry.
   *
   * @param t its kind and header
   * @param b its body
   * @throws IllegalArgumentException if it is malformed, or of a newer version
   */
  static InboxEntry parse(String t, byte @Nullable [] b) {
    String[] words = t.split(" ", -1);
    return switch (words[0]) {
      case "s" -> new Letter(number(words), body(t, b), false);
      case "m" -> new Letter(number(words), body(t, b), true);
      case "c" ->
          new Granted(number(words), word(words, 2).equals("1"), Integer.parseInt(word(words, 3)));
      case "k" -> new Kept(number(words), Integer.parseInt(word(words, 2)));
      case "x" -> new Superseded(number(words));
      case "l" -> new Lost(number(words));
      case "u" -> new Returned(number(words), Cause.valueOf(word(words, 2)), body(t, b));
      case "p" -> new Watched(number(words), address(t, b), true);
      case "a" -> new Watched(number(words), address(t, b), false);
      case "d" -> new Departed(address(t, b));
      case "g" -> new News(
          Arrays.stream(words).skip(1).map(Long::valueOf).toList(), body(t, b));
      case "r" -> new Answered(number(words), ending(words));
      default -> throw new IllegalArgumentException("unknown entry: " + t);
    };
  }

  private static Ending ending(String[] words) {
    return switch (words.length == 2 ? "" : words[2]) {
      case "" -> Ending.COMMITTED;
      case "n" -> Ending.NO_PRECONDITION;
      case "f" -> Ending.OUT_OF_MEMORY;
      default -> throw new IllegalArgumentException("unknown ending: " + words[2]);
    };
  }

  private static long number(String[] words) {
    return Long.parseLong(word(words, 1));
  }

  private static String word(String[] words, int index) {
    if (index >= words.length) {
      throw new IllegalArgumentException("incomplete entry: " + String.join(" ", words));
    }
    return words[index];
  }

  private static byte[] body(String t, byte @Nullable [] b) {
    if (b == null) {
      throw new IllegalArgumentException("entry without a body: " + t);
    }
    return b;
  }

  private static PeerAddress address(String t, byte @Nullable [] b) {
    return Addresses.parse(new String(body(t, b), StandardCharsets.UTF_8));
  }
}
