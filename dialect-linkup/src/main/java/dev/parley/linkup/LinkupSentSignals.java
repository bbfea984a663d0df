package dev.parley.linkup;

import dev.parley.dialect.Switchboard;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.linkup.legacy.LinkupExternalBrokers;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends a client's signals to peers of the gateway or of external brokers, and replies to those
 * that are requests when their outcome is known. Event loop of the session only.
 */
final class LinkupSentSignals {

  private final Switchboard switchboard;
  private final LinkupExternalBrokers externalBrokers;
  private final LinkupRegistration registration;
  private final LinkupReplies replies;

  /** Requests whose signals were sent, by reference, until the outcome is known. */
  private final Map<Long, Request> underWay = new HashMap<>(1);

  private long references;

  LinkupSentSignals(Switchboard switchboard, LinkupExternalBrokers externalBrokers,
      LinkupRegistration registration,
      LinkupReplies replies) {
    this.switchboard = switchboard;
    this.externalBrokers = externalBrokers;
    this.registration = registration;
    this.replies = replies;
  }

  /** A reference for the signal of a request; 0 for a notification, which needs none. */
  long reference(Request request) {
    return request.id() == null ? 0 : ++references;
  }

  /**
   * Sends a signal. Where there are external brokers, the recipient is looked for in the gateway
   * first; the results come in the order of the requests, so that signals stay in order.
   */
  void dispatch(Request request, Signal signal) {
    if (!externalBrokers.exist() || !switchboard.mayReach(signal.to())) {
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
                sendToExternalBrokers(asked, kept);
              }
            });
  }

  /** The client has released its id or left before it was known where the peer is. */
  private void withdraw(Request request, Signal signal) {
    switchboard.drop(signal, LinkupDialect.NAME);
    replies.failed(request, LinkupErrors.idGivenUp(signal.from().id()));
  }

  private void sendToExternalBrokers(Request request, Signal signal) {
    externalBrokers
        .signal(signal.from(), signal.to(), signal.payload())
        .onSuccess(sent -> switchboard.run(() -> replies.done(request, Result.NOTHING)))
        .onFailure(
            away -> switchboard.run(
                () -> replies.failed(
                    request, LinkupErrors.unreachable(signal.to().id()))));
  }

  /**
   * The reply to a signal that is a request waits for the result of a look-up behind it: the
   * refusal of a signal comes before the result of a look-up that was made after it.
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
                    replies.done(request, Result.NOTHING);
                  }
                });
  }

  /** A signal was not delivered: replies with the cause if it was sent by a request. */
  void undelivered(Undelivered undelivered) {
    @Nullable Request request = underWay.remove(undelivered.reference());
    if (request != null) {
      replies.failed(request, LinkupErrors.undelivered(undelivered));
    }
  }
}
