package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that has to wait before it may take an id over: its connection is open, but it has no id
 * and has not got OPEN. It asks when the time is over, or as soon as the id is free, whichever is
 * first. What it sends until then is kept, within bounds. From OPEN on everything goes to the
 * session proper.
 */
final class PeerJsDelayedTakeOver implements Session, PeerJsAdmission.Entrance {

  /** No client of this protocol says much before OPEN: at most the calls that its page has begun. */
  private static final int MAX_KEPT = 64;

  private static final int MAX_KEPT_BYTES = 64 * 1024;

  /** What a message holds beside its bytes. */
  private static final int OVERHEAD = 80;

  private final SessionContext context;
  private final PeerJsAdmission admission;
  private final PeerJsSupport support;
  private final ArrayDeque<Message> kept = new ArrayDeque<>();
  private int keptBytes;
  private boolean asked;
  private Connection.Timer timer;
  private @Nullable PeerJsSession admitted;

  private record Message(Bytes bytes, boolean binary) {}

  PeerJsDelayedTakeOver(SessionContext context, PeerJsAdmission admission, Duration pause,
      PeerJsSupport support) {
    this.context = context;
    this.admission = admission;
    this.support = support;
    this.timer = context.connection().after(pause, this::askOrWaitOn);
    support.takeOvers().delayed();
    context.switchboard().watch(admission.address());
  }

  /** Another client may have taken the id over meanwhile. */
  private void askOrWaitOn() {
    Duration pause = admission.pause();
    if (pause.isZero()) {
      ask();
    } else {
      timer = context.connection().after(pause, this::askOrWaitOn);
    }
  }

  private void ask() {
    if (!asked) {
      asked = true;
      timer.cancel();
      context.switchboard().unwatch(admission.address());
      context.switchboard()
          .claim(admission.claim(), outcome -> admission.conclude(outcome, this));
    }
  }

  @Override
  public void admit(Function<SessionContext, PeerJsSession> session) {
    PeerJsSession opened = session.apply(context);
    admitted = opened;
    kept.forEach(message -> opened.message(message.bytes, message.binary));
    kept.clear();
  }

  @Override
  public void refuse(PeerJsServerMessage message, CloseReason reason) {
    context.connection().send(message, PeerJsEncoder::encode);
    context.connection().close(reason);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    if (admitted != null) {
      admitted.message(message, binary);
    } else if (support.decoder().decode(message) instanceof PeerJsClientMessage.Heartbeat) {
      // The connection has noticed it; there is no session yet that would time out.
      return;
    } else if (kept.size() < MAX_KEPT
        && message.length() <= MAX_KEPT_BYTES - keptBytes - OVERHEAD) {
      kept.add(new Message(message.detached(), binary));
      keptBytes += message.length() + OVERHEAD;
    } else {
      support.ignored().count(PeerJsIgnoredCause.BEFORE_OPEN);
    }
  }

  @Override
  public void departed(PeerAddress peer) {
    if (admitted != null) {
      admitted.departed(peer);
    } else {
      ask();
    }
  }

  @Override
  public void signal(Signal signal) {
    opened().signal(signal);
  }

  @Override
  public Reception foreign(ForeignSignal signal) {
    return opened().foreign(signal);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    opened().undelivered(undelivered);
  }

  /** Without an id there is nothing to be told of. */
  private PeerJsSession opened() {
    if (admitted == null) {
      throw new IllegalStateException("the client has no id yet");
    }
    return admitted;
  }

  @Override
  public void closed(CloseReason reason) {
    timer.cancel();
    if (admitted != null) {
      admitted.closed(reason);
    }
  }
}
