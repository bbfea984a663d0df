package dev.parley.switchboard;

import dev.parley.dialect.CloseReason;
import dev.parley.group.GroupAnswer;
import dev.parley.signal.Bytes;
import dev.parley.signal.ClaimOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Admission gate between a connection and its session. It queues messages and the end of the
 * connection, in order, until there is a session, and later while a request of the session is
 * unanswered. Pauses reading while that may take long. Confined to the event loop of the
 * connection.
 */
final class AdmissionGate {

  private final Link link;

  /** Pending events; null if the gate is open. */
  private @Nullable PendingEvents waiting = new PendingEvents();

  /** Reading starts paused, until the connection is admitted. */
  private boolean paused = true;

  private boolean admitted;
  private boolean over;
  private @Nullable Consumer<ClaimOutcome> claimUnderWay;
  private @Nullable Consumer<GroupAnswer> commandUnderWay;
  /** Pending queries that messages must wait for. */
  private int questions;

  AdmissionGate(Link link) {
    this.link = link;
  }

  // ---- requests of the session

  /** The connection is admitted. */
  void admit() {
    admitted = true;
    link.admitted();
  }

  boolean hasClaim() {
    return claimUnderWay != null;
  }

  /** A claim is pending. */
  void claims(Consumer<ClaimOutcome> outcome) {
    claimUnderWay = outcome;
    close();
  }

  /** The claim is answered; returns its callback, or null if none is pending. */
  @Nullable
  Consumer<ClaimOutcome> endClaim() {
    Consumer<ClaimOutcome> told = claimUnderWay;
    claimUnderWay = null;
    return told;
  }

  boolean hasCommand() {
    return commandUnderWay != null;
  }

  /** A group command is pending. */
  void commands(Consumer<GroupAnswer> answer) {
    commandUnderWay = answer;
    close();
  }

  /** The group command is answered; returns its callback, or null if none is pending. */
  @Nullable
  Consumer<GroupAnswer> endCommand() {
    Consumer<GroupAnswer> told = commandUnderWay;
    commandUnderWay = null;
    return told;
  }

  /** A query is pending. */
  void asks() {
    questions++;
    close();
  }

  /** A query is answered. */
  void endQuestion() {
    questions--;
  }

  /** Whether a request is pending that the client's next message must wait for. */
  private boolean isAsking() {
    return claimUnderWay != null || commandUnderWay != null || questions > 0;
  }

  // ---- events of the connection

  /** Whether a message may pass at once. */
  boolean isOpen() {
    return waiting == null;
  }

  /**
   * Queues a message. A claim may take long; a group command is usually answered at once. So
   * reading is paused for the latter only when a message has to wait.
   *
   * @return false if the queue is full
   */
  boolean keep(Bytes bytes, boolean binary) {
    pause();
    PendingEvents kept = close();
    boolean isKept = kept.keep(bytes, binary);
    if (isKept) {
      link.holds(PendingEvents.weightOf(bytes));
    }
    return isKept;
  }

  /** Queues a request to leave behind a pending answer; false if there is none. */
  boolean keepLeaving(Runnable then) {
    if (isOpen() || !isAsking()) {
      return false;
    }
    close().keepLeaving(then);
    return true;
  }

  /** Queues the end of the connection behind a pending answer; false if there is none. */
  boolean keepEnd(CloseReason reason) {
    if (isOpen() || !isAsking()) {
      return false;
    }
    close().keepEnd(reason);
    return true;
  }

  /**
   * The next queued event that may pass now; null if there is none, or it must keep waiting. Until
   * null is returned, nothing else may pass.
   */
  PendingEvents.@Nullable Event next() {
    PendingEvents kept = waiting;
    if (kept != null && admitted && !isAsking() && !over) {
      PendingEvents.Event event = kept.next();
      if (event != null) {
        if (event instanceof PendingEvents.Event.Message message) {
          link.holds(-PendingEvents.weightOf(message.bytes()));
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

  /** The connection has ended: drops queued events, and lets nothing pass any more. */
  void end() {
    over = true;
    dropMessages();
    waiting = null;
  }

  /** Drops queued messages, but not the end of the connection. */
  void dropMessages() {
    PendingEvents kept = waiting;
    if (kept != null) {
      dropped(kept.dropMessages());
    }
  }

  private void dropped(long bytes) {
    if (bytes > 0) {
      link.holds(-bytes);
    }
  }

  private PendingEvents close() {
    PendingEvents kept = waiting;
    if (kept == null) {
      kept = new PendingEvents();
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
