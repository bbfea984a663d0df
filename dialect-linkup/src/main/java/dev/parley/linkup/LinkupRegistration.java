package dev.parley.linkup;

import dev.parley.dialect.Switchboard;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.linkup.legacy.LinkupExternalBrokers;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * The id of a client. It has none until it registers one, and can change it at any time. Where
 * there are external brokers, an id that this session was granted is the client's only when no
 * external peer has it: until then it is undecided. Event loop of the session only.
 */
final class LinkupRegistration {

  private final Switchboard switchboard;
  private final LinkupExternalBrokers externalBrokers;
  private final LinkupExternalBrokers.Listener listener;
  private final LinkupReplies replies;
  private final Runnable onLeave;
  private final LinkupUndecidedSignals signals;

  private @Nullable PeerAddress self;

  /** The id that this session owns, while an external peer may have it. */
  private @Nullable PeerAddress undecided;

  private long attempts;

  /**
   * @param listener receives signals of external peers to the client
   * @param onLeave runs when the client loses or changes its id
   * @param signals holds signals to an undecided id
   */
  LinkupRegistration(Switchboard switchboard, LinkupExternalBrokers externalBrokers,
      LinkupExternalBrokers.Listener listener, LinkupReplies replies, Runnable onLeave,
      LinkupUndecidedSignals signals) {
    this.switchboard = switchboard;
    this.externalBrokers = externalBrokers;
    this.listener = listener;
    this.replies = replies;
    this.onLeave = onLeave;
    this.signals = signals;
  }

  /** The id of the client; null as long as it has none. */
  @Nullable
  PeerAddress self() {
    return self;
  }

  /** The signals to an undecided id. */
  LinkupUndecidedSignals signals() {
    return signals;
  }

  /** Whether this session owns the id, and an external peer may have it. */
  boolean isUndecided(PeerAddress id) {
    return id.equals(undecided);
  }

  /** Registers an id for the client. */
  void register(Request request, PeerAddress wanted) {
    abandonUndecided();
    if (wanted.equals(self)) {
      replies.done(request, new Result.Text(wanted.id()));
    } else {
      switchboard.claim(Claim.of(wanted), outcome -> claimed(request, outcome));
    }
  }

  /** Releases the client's id; replies when other clients can claim it, on all nodes. */
  void unregister(Request request) {
    PeerAddress former = self;
    unregister();
    if (former == null) {
      replies.done(request, Result.NOTHING);
    } else {
      // The hub answers behind the release. If it fails, the id is released all the same.
      switchboard.look(former).onComplete(any -> replies.done(request, Result.NOTHING));
    }
  }

  /** Releases the client's id. */
  void unregister() {
    abandonUndecided();
    leave();
  }

  private void claimed(Request request, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> askExternalBrokers(request, granted.address());
      case ClaimOutcome.Taken taken ->
          replies.failed(request, LinkupErrors.idTaken(taken.address().id()));
      case ClaimOutcome.NotOwned taken ->
          replies.failed(request, LinkupErrors.idTaken(taken.address().id()));
      case ClaimOutcome.Invalid(PeerAddress address, String objection) ->
          replies.failed(request, LinkupErrors.invalidParams("id: " + objection));
      case ClaimOutcome.Forbidden(PeerAddress address) ->
          replies.failed(request, LinkupErrors.idNotAllowed(address.id()));
      case ClaimOutcome.Unavailable unavailable ->
          replies.failed(request, LinkupErrors.CANNOT_REGISTER);
    }
  }

  private void askExternalBrokers(Request request, PeerAddress granted) {
    externalBrokers.register(granted, listener);
    if (!externalBrokers.exist()) {
      registered(request, granted);
      return;
    }
    undecided = granted;
    long attempt = ++attempts;
    externalBrokers
        .haveTaken(granted)
        .onSuccess(taken -> switchboard.run(() -> decide(request, attempt, granted, taken)));
  }

  private void decide(Request request, long attempt, PeerAddress granted, boolean taken) {
    if (undecided == null || attempt != attempts) {
      replies.failed(request, LinkupErrors.idGivenUp(granted.id()));
    } else if (taken) {
      abandonUndecided();
      replies.failed(request, LinkupErrors.idTaken(granted.id()));
    } else {
      undecided = null;
      registered(request, granted);
    }
  }

  private void abandonUndecided() {
    PeerAddress abandoned = undecided;
    undecided = null;
    if (abandoned != null) {
      signals.abandon();
      release(abandoned);
    }
  }

  private void registered(Request request, PeerAddress granted) {
    leave();
    self = granted;
    replies.done(request, new Result.Text(granted.id()));
    signals.release(granted);
  }

  private void leave() {
    onLeave.run();
    PeerAddress former = self;
    self = null;
    if (former != null) {
      release(former);
    }
  }

  private void release(PeerAddress id) {
    externalBrokers.unregister(id, listener);
    switchboard.release(id);
  }
}
