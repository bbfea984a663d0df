package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.support.BoundedBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that has to wait before it may take an id over: its connection is open, but it has no id
 * and has not received OPEN. It claims the id when the delay is over, or as soon as the id is free,
 * whichever is first. Its messages wait until then in a bounded buffer. From OPEN on everything is
 * forwarded to the session.
 */
final class PeerJsDelayedTakeOver implements Session, PeerJsAdmission.Entrance {

  /** Clients send little before OPEN: at most the calls that their page has begun. */
  private static final int MAX_KEPT = 64;

  private static final int MAX_KEPT_BYTES = 64 * 1024;

  /** What a message holds beside its bytes. */
  private static final int OVERHEAD = 80;

  private final SessionContext context;
  private final PeerJsAdmission admission;
  private final PeerJsSupport support;
  private final BoundedBuffer<Message> kept =
      new BoundedBuffer<>(MAX_KEPT, MAX_KEPT_BYTES, Reserve.UNBOUNDED);
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
    kept.take().forEach(message -> opened.message(message.bytes, message.binary));
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
    } else if (!kept.add(new Message(message.detached(), binary), message.length() + OVERHEAD)) {
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
  public ForeignOutcome foreign(ForeignSignal signal) {
    return opened().foreign(signal);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    opened().undelivered(undelivered);
  }

  /** Without an id no signal arrives. */
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
