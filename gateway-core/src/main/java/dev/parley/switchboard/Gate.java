package dev.parley.switchboard;

import dev.parley.dialect.CloseReason;
import dev.parley.group.GroupAnswer;
import dev.parley.signal.Bytes;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between a connection and its session: has messages and the end of the connection wait, in order,
 * until there is a session, and then whenever something that it has asked for is not answered.
 * Pauses reading as long as that may take its time. The event loop of the connection only.
 */
final class Gate {

  private final Link link;

  /** Null if the gate is open. */
  private @Nullable Waiting waiting = new Waiting();

  /** A connection begins with its reading paused, until it is admitted. */
  private boolean paused = true;

  private boolean admitted;
  private boolean over;
  private @Nullable Consumer<ClaimOutcome> claimUnderWay;
  private @Nullable Consumer<GroupAnswer> commandUnderWay;
  /** Questions whose answers messages have to wait for. */
  private int questions;

  Gate(Link link) {
    this.link = link;
  }

  // ---- what the session asks for

  /** There is a session. */
  void admit() {
    admitted = true;
    link.admitted();
  }

  boolean hasClaim() {
    return claimUnderWay != null;
  }

  /** A claim is under way. */
  void claims(Consumer<ClaimOutcome> outcome) {
    claimUnderWay = outcome;
    close();
  }

  /** The claim is answered. Who is to be told; null if there is none. */
  @Nullable
  Consumer<ClaimOutcome> endClaim() {
    Consumer<ClaimOutcome> told = claimUnderWay;
    claimUnderWay = null;
    return told;
  }

  boolean hasCommand() {
    return commandUnderWay != null;
  }

  /** A group command is under way. */
  void commands(Consumer<GroupAnswer> answer) {
    commandUnderWay = answer;
    close();
  }

  /** The group command is answered. Who is to be told; null if there is none. */
  @Nullable
  Consumer<GroupAnswer> endCommand() {
    Consumer<GroupAnswer> told = commandUnderWay;
    commandUnderWay = null;
    return told;
  }

  /** A question is under way. */
  void asks() {
    questions++;
    close();
  }

  /** A question is answered. */
  void endQuestion() {
    questions--;
  }

  /** Whether something is under way that the client's next message has to wait for. */
  private boolean isAsking() {
    return claimUnderWay != null || commandUnderWay != null || questions > 0;
  }

  // ---- what comes from the connection

  /** Whether a message may pass at once. */
  boolean isOpen() {
    return waiting == null;
  }

  /**
   * Has a message wait. The outcome of a claim may take its time, an answer of groups is mostly
   * there at once: it is not worth a pause before something has to wait for it.
   *
   * @return false if too many wait already
   */
  boolean keep(Bytes bytes, boolean binary) {
    pause();
    Waiting kept = close();
    boolean isKept = kept.keep(bytes, binary);
    if (isKept) {
      link.holds(Waiting.weightOf(bytes));
    }
    return isKept;
  }

  /** Has a wish to leave wait, if an answer is still to come; false if there is none. */
  boolean keepLeaving(Runnable then) {
    if (isOpen() || !isAsking()) {
      return false;
    }
    close().keepLeaving(then);
    return true;
  }

  /** Has the end wait, if an answer is still to come; false if there is none. */
  boolean keepEnd(CloseReason reason) {
    if (isOpen() || !isAsking()) {
      return false;
    }
    close().keepEnd(reason);
    return true;
  }

  /**
   * What has waited and may pass now, one after the other; null when there is no more, or has to
   * wait on. Until then nothing else may pass.
   */
  Waiting.@Nullable Event next() {
    Waiting kept = waiting;
    if (kept != null && admitted && !isAsking() && !over) {
      Waiting.Event event = kept.next();
      if (event != null) {
        if (event instanceof Waiting.Event.Message message) {
          link.holds(-Waiting.weightOf(message.bytes()));
        }
        return event;
      }
      waiting = null;
      readOn();
    }
    if (claimUnderWay != null && !over) {
      close();
      pause();
    }
    return null;
  }

  /** The connection is over: what waits is dropped, and nothing passes any more. */
  void end() {
    over = true;
    dropMessages();
    waiting = null;
  }

  /** Drops the messages that wait, but not the end of the connection. */
  void dropMessages() {
    Waiting kept = waiting;
    if (kept != null) {
      dropped(kept.dropMessages());
    }
  }

  private void dropped(long bytes) {
    if (bytes > 0) {
      link.holds(-bytes);
    }
  }

  private Waiting close() {
    Waiting kept = waiting;
    if (kept == null) {
      kept = new Waiting();
      waiting = kept;
    }
    return kept;
  }

  private void pause() {
    if (!paused) {
      paused = true;
      link.pauseReading();
    }
  }

  private void readOn() {
    if (paused) {
      paused = false;
      link.resumeReading();
    }
  }
}
