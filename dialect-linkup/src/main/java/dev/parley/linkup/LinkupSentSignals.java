package dev.parley.linkup;

import dev.parley.dialect.Switchboard;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends a client's signals, here or elsewhere, and answers those that are requests when it shows
 * what became of them. Event loop of the session only.
 */
final class LinkupSentSignals {

  private static final Result NOTHING = new Result.Nothing();

  private final Switchboard switchboard;
  private final LinkupExternalBrokers elsewhere;
  private final LinkupRegistration registration;
  private final LinkupReplies replies;

  /** Signals that were sent as requests, by their reference, until it shows what became of them. */
  private final Map<Long, Request> underWay = new HashMap<>(1);

  private long references;

  LinkupSentSignals(Switchboard switchboard, LinkupExternalBrokers elsewhere, LinkupRegistration registration,
      LinkupReplies replies) {
    this.switchboard = switchboard;
    this.elsewhere = elsewhere;
    this.registration = registration;
    this.replies = replies;
  }

  /** A reference for the signal that a request asks for; 0 for a notification, which needs none. */
  long reference(Request request) {
    return request.id() == null ? 0 : ++references;
  }

  /**
   * Sends a signal. Where a peer may be elsewhere, it has to be asked for first; answers come in
   * the order of the questions, so that signals stay in order.
   */
  void dispatch(Request request, Signal signal) {
    if (!elsewhere.isSomewhere()) {
      send(request, signal);
      return;
    }
    Request asked = request.detached();
    Signal kept = signal.detached();
    switchboard
        .find(signal.to())
        .onComplete(
            looked -> {
              if (!kept.from().equals(registration.self())) {
                withdraw(asked, kept);
              } else if (looked.failed() || looked.result()) {
                send(asked, kept);
              } else {
                sendElsewhere(asked, kept);
              }
            });
  }

  /** The client has given its id up, or is gone, before it was known where the peer is. */
  private void withdraw(Request request, Signal signal) {
    switchboard.drop(signal, LinkupDialect.NAME);
    replies.failed(
        request, LinkupRpcError.failed("id \"" + signal.from().id() + "\" was given up again"));
  }

  private void sendElsewhere(Request request, Signal signal) {
    elsewhere
        .signal(signal.from(), signal.to(), signal.payload())
        .onSuccess(sent -> switchboard.run(() -> replies.done(request, NOTHING)))
        .onFailure(
            away -> switchboard.run(
                () -> replies.failed(
                    request,
                    LinkupRpcError.failed(
                        "The broker cannot reach the peer at the moment (" + signal.to().id()
                            + ")"))));
  }

  /**
   * The answer to a signal that is a request waits until it shows whether somebody is there: the
   * refusal of a signal comes before the answer to a question that was asked after it.
   */
  private void send(Request request, Signal signal) {
    if (signal.reference() == 0) {
      switchboard.send(signal, Duration.ZERO);
      return;
    }
    underWay.put(signal.reference(), request.detached());
    switchboard.send(signal, Duration.ZERO);
    var unused =
        switchboard
            .find(signal.to())
            .onComplete(
                asked -> {
                  if (underWay.remove(signal.reference()) != null) {
                    replies.done(request, NOTHING);
                  }
                });
  }

  /** A signal has reached nobody. */
  void undelivered(Undelivered undelivered) {
    @Nullable Request request = underWay.remove(undelivered.reference());
    if (request != null) {
      replies.failed(request, LinkupRpcError.failed(why(undelivered)));
    }
  }

  private static String why(Undelivered undelivered) {
    String id = undelivered.to().id();
    return switch (undelivered.cause()) {
      case ABSENT, EXPIRED, GONE -> "Peer not found (" + id + ")";
      case FULL -> "Too much waits for the peer (" + id + ")";
      case REJECTED -> "The peer does not want this now (" + id + ")";
      case UNTRANSLATABLE -> "The peer would not understand this (" + id + ")";
      case UNAVAILABLE -> "The broker cannot reach the peer at the moment (" + id + ")";
    };
  }
}
