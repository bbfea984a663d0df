package dev.parley.linkup;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
import dev.parley.linkup.legacy.LinkupExternalBrokers;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of the broker: carries out its requests, and writes what it receives. */
final class LinkupSession implements Session {

  private static final Bytes NO_ID = Bytes.utf8("null");

  private final SessionContext context;
  private final Connection connection;
  private final Switchboard switchboard;
  private final String realm;
  private final Duration glareWait;
  private final LinkupDecoder decoder;
  private final LinkupExternalBrokers externalBrokers;
  private final LinkupReplies replies;
  private final LinkupRegistration registration;
  private final LinkupSentSignals sent;

  private @Nullable ForeignTraffic foreign;

  /** The traffic with peers of other dialects; most sessions have none. */
  private record ForeignTraffic(LinkupOutgoingCalls calls, LinkupForeignPeers peers,
      LinkupOutgoingSignals outgoing, LinkupIncomingSignals incoming) {}

  LinkupSession(
      SessionContext context, String realm, LinkupOptions options, LinkupDecoder decoder,
      LinkupExternalBrokers externalBrokers) {
    this.context = context;
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.realm = realm;
    this.glareWait = options.glareWait();
    this.decoder = decoder;
    this.externalBrokers = externalBrokers;
    this.replies = new LinkupReplies(connection);
    this.registration = new LinkupRegistration(
        switchboard, externalBrokers, this::externalSignal, replies, this::endForeign,
        new LinkupUndecidedSignals(switchboard, this::deliver, this::deliver));
    this.sent = new LinkupSentSignals(switchboard, externalBrokers, registration, replies);
  }

  @Override
  public void message(Bytes message, boolean binary) {
    switch (decoder.decode(message)) {
      case Request request -> handle(request);
      case LinkupClientMessage.Answer answer -> {}
      case LinkupClientMessage.Malformed(LinkupRpcError error) -> {
        if (binary) {
          connection.close(CloseReason.NOT_TEXT);
        } else {
          replies.send(new LinkupServerMessage.Failed(replies.format(), NO_ID, error));
        }
      }
    }
  }

  private void handle(Request request) {
    replies.markReceived(request);
    switch (request.call()) {
      case Call.Ping ping -> replies.done(request, Result.PONG);
      // A request whose reply waits is kept without the message that it came in.
      case Call.Find(String id) ->
          look(request.detached(), id, there -> there ? new Result.Text(id) : Result.NOTHING);
      case Call.Exists(String id) -> look(request.detached(), id, Result.Flag::new);
      case Call.Register(String id) ->
          registration.register(request.detached(), new PeerAddress(realm, id));
      case Call.Unregister unregister -> registration.unregister(request.detached());
      case Call.Send send -> send(request, send);
      case Call.Flawed(LinkupRpcError error) -> replies.failed(request, error);
    }
  }

  // ---- find, exists

  private void look(Request request, String name, Function<Boolean, Result> result) {
    LinkupOutgoingSignals outgoing = foreign().outgoing();
    PeerAddress peer = new PeerAddress(realm, outgoing.asked(name));
    switchboard
        .find(peer)
        .onSuccess(
            here -> {
              if (here) {
                outgoing.onceUndisturbed(name, () -> replies.done(request, result.apply(true)));
              } else {
                lookOutside(request, peer, result);
              }
            })
        .onFailure(unreachable -> replies.failed(request, LinkupErrors.CANNOT_LOOK));
  }

  private void lookOutside(Request request, PeerAddress peer, Function<Boolean, Result> result) {
    if (!switchboard.mayReach(peer)) {
      replies.done(request, result.apply(false));
      return;
    }
    externalBrokers
        .know(peer)
        .onSuccess(there -> switchboard.run(() -> replies.done(request, result.apply(there))));
  }

  // ---- signal

  private void send(Request request, Call.Send send) {
    PeerAddress self = registration.self();
    if (self == null || !self.id().equals(send.from())) {
      replies.failed(
          request, LinkupErrors.notOwnId(send.from(), self == null ? null : self.id()));
      return;
    }
    switch (route(send)) {
      case LinkupRoute.Send(String to, @Nullable String key) ->
          sent.dispatch(request, signal(send, self, to, sent.reference(request)).within(key));
      case LinkupRoute.Withhold(String dialect) -> {
        switchboard.drop(signal(send, self, send.to(), 0), dialect);
        replies.done(request, Result.NOTHING);
      }
    }
  }

  private LinkupRoute route(Call.Send send) {
    if (foreign == null && send.kind() != SignalKind.OFFER) {
      return new LinkupRoute.Send(send.to(), null);
    }
    return foreign().outgoing().route(send.to(), send.kind());
  }

  private static Signal signal(Call.Send send, PeerAddress self, String to, long reference) {
    return new Signal(
        send.kind(), self, self.neighbour(to), LinkupDialect.NAME, "signal", send.signal(),
        reference);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    if (undelivered.kind() == SignalKind.OFFER && foreign != null) {
      foreign.calls().markSettled(undelivered.to().id());
    }
    sent.undelivered(undelivered);
  }

  // ---- signals to the client

  /** A signal of a client of an external broker; called on any thread. */
  private void externalSignal(String from, Bytes signal) {
    switchboard.run(
        () -> {
          PeerAddress self = registration.self();
          if (self != null) {
            replies.send(
                new LinkupServerMessage.Relayed(replies.format(), from, self.id(), signal));
          }
        });
  }

  @Override
  public void signal(Signal signal) {
    if (registration.isUndecided(signal.to())) {
      registration.signals().keep(signal);
    } else {
      deliver(signal);
    }
  }

  private void deliver(Signal signal) {
    boolean settles = signal.kind() == SignalKind.OFFER || signal.kind() == SignalKind.ANSWER;
    if (foreign != null && settles) {
      // Glare between two linkup clients is left to them.
      foreign.calls().markSettled(signal.from().id());
    }
    replies.send(
        new LinkupServerMessage.Relayed(
            replies.format(), signal.from().id(), signal.to().id(), signal.payload()));
  }

  @Override
  public ForeignOutcome foreign(ForeignSignal signal) {
    return registration.isUndecided(signal.signal().to())
        ? registration.signals().keep(signal)
        : deliver(signal);
  }

  /** Clients with the older format know no request to negotiate, and would close the connection. */
  private ForeignOutcome deliver(ForeignSignal signal) {
    return replies.format() == LinkupWireFormat.ENVELOPE
        && signal.content() instanceof Content.Renegotiation
            ? ForeignOutcome.DROPPED
            : foreign().incoming().receive(signal);
  }

  @Override
  public void departed(PeerAddress peer) {
    if (foreign != null) {
      foreign.peers().departed(peer);
    }
  }

  @Override
  public void closed(CloseReason reason) {
    registration.unregister();
  }

  private ForeignTraffic foreign() {
    if (foreign == null) {
      ForeignPeerContext session = ForeignPeerContext.of(context, LinkupDialect.NAME);
      LinkupOutgoingCalls calls = new LinkupOutgoingCalls(glareWait, System::nanoTime);
      LinkupForeignPeers peers = new LinkupForeignPeers(session, this::send, calls);
      foreign =
          new ForeignTraffic(
              calls, peers, new LinkupOutgoingSignals(session, peers, calls, glareWait),
              new LinkupIncomingSignals(session, peers, calls, glareWait));
    }
    return foreign;
  }

  private void send(String from, Content content) {
    PeerAddress self = registration.self();
    if (self != null) {
      replies.send(new LinkupServerMessage.Foreign(replies.format(), from, self.id(), content));
    }
  }

  private void endForeign() {
    if (foreign != null) {
      foreign.peers().end();
      foreign = null;
    }
  }
}
