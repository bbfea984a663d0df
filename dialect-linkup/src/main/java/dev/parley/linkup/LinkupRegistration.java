package dev.parley.linkup;

import dev.parley.dialect.Switchboard;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * The id of a client. It has none until it registers one, and can change it at any time. Where
 * peers may be elsewhere, an id that is free here is its own only when nobody elsewhere has it
 * either. Event loop of the session only.
 */
final class LinkupRegistration {

  private static final Result NOTHING = new Result.Nothing();

  private final Switchboard switchboard;
  private final LinkupExternalBrokers elsewhere;
  private final LinkupExternalBrokers.Listener ear;
  private final LinkupReplies replies;
  private final Runnable left;
  private final LinkupUndecidedSignals signals;

  private @Nullable PeerAddress self;

  /** The id that was given to this session, but may have an owner elsewhere. */
  private @Nullable PeerAddress contested;

  private long attempts;

  /**
   * @param ear hears what peers elsewhere say to the client
   * @param left is called when the client is no longer who it was
   * @param signals has what comes for an id that is not decided
   */
  LinkupRegistration(Switchboard switchboard, LinkupExternalBrokers elsewhere, LinkupExternalBrokers.Listener ear,
      LinkupReplies replies, Runnable left, LinkupUndecidedSignals signals) {
    this.switchboard = switchboard;
    this.elsewhere = elsewhere;
    this.ear = ear;
    this.replies = replies;
    this.left = left;
    this.signals = signals;
  }

  /** Who the client is; null as long as it is nobody. */
  @Nullable
  PeerAddress self() {
    return self;
  }

  /** What waits for an id that is not decided. */
  LinkupUndecidedSignals signals() {
    return signals;
  }

  /** Whether this session owns the id, but the client may not have it yet. */
  boolean isUndecided(PeerAddress id) {
    return id.equals(contested);
  }

  /** The client wants an id. */
  void register(Request request, PeerAddress wanted) {
    abandonContested();
    if (wanted.equals(self)) {
      replies.done(request, new Result.Text(wanted.id()));
    } else {
      switchboard.claim(Claim.of(wanted), outcome -> claimed(request, outcome));
    }
  }

  /** The client gives its id up, and is answered when others can have it, on all nodes. */
  void unregister(Request request) {
    PeerAddress former = self;
    unregister();
    if (former == null) {
      replies.done(request, NOTHING);
    } else {
      // The hub answers behind the release. Without an answer the id is given up all the same.
      switchboard.look(former).onComplete(any -> replies.done(request, NOTHING));
    }
  }

  /** The client is nobody from now on. */
  void unregister() {
    abandonContested();
    leave();
  }

  private void claimed(Request request, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> contest(request, granted.address());
      case ClaimOutcome.Taken taken -> replies.failed(request, taken(taken.address()));
      case ClaimOutcome.NotOwned taken -> replies.failed(request, taken(taken.address()));
      case ClaimOutcome.Invalid(PeerAddress address, String objection) ->
          replies.failed(request, LinkupRpcError.invalidParams("id: " + objection));
      case ClaimOutcome.Unavailable unavailable -> replies.failed(
          request,
          LinkupRpcError.failed("The broker cannot register ids at the moment, try again later"));
    }
  }

  private static LinkupRpcError taken(PeerAddress address) {
    return LinkupRpcError.failed("id \"" + address.id() + "\" already taken");
  }

  /** The id is free here; the client has it if nobody elsewhere has it either. */
  private void contest(Request request, PeerAddress granted) {
    elsewhere.arrived(granted, ear);
    if (!elsewhere.isSomewhere()) {
      registered(request, granted);
      return;
    }
    contested = granted;
    long attempt = ++attempts;
    elsewhere
        .contests(granted)
        .onSuccess(there -> switchboard.run(() -> decide(request, attempt, granted, there)));
  }

  private void decide(Request request, long attempt, PeerAddress granted, boolean takenElsewhere) {
    if (contested == null || attempt != attempts) {
      replies.failed(request, LinkupRpcError.failed("id \"" + granted.id() + "\" was given up again"));
    } else if (takenElsewhere) {
      abandonContested();
      replies.failed(request, taken(granted));
    } else {
      contested = null;
      registered(request, granted);
    }
  }

  /** The client has said something new about its id, or is gone, before that was decided. */
  private void abandonContested() {
    PeerAddress undecided = contested;
    contested = null;
    if (undecided != null) {
      signals.abandoned();
      giveUp(undecided);
    }
  }

  private void registered(Request request, PeerAddress granted) {
    leave();
    self = granted;
    replies.done(request, new Result.Text(granted.id()));
    signals.decided(granted);
  }

  private void leave() {
    left.run();
    PeerAddress former = self;
    self = null;
    if (former != null) {
      giveUp(former);
    }
  }

  private void giveUp(PeerAddress id) {
    elsewhere.left(id, ear);
    switchboard.release(id);
  }
}
