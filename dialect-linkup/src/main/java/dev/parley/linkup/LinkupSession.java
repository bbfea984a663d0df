package dev.parley.linkup;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;
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

/** A client of the broker: what its requests mean, and what it is told. */
final class LinkupSession implements Session {

  private static final Bytes NO_ID = Bytes.utf8("null");
  private static final Result PONG = new Result.Text("pong");
  private static final Result NOTHING = new Result.Nothing();

  private final Connection connection;
  private final Switchboard switchboard;
  private final String realm;
  private final Duration glareWait;
  private final LinkupDecoder decoder;
  private final LinkupExternalBrokers elsewhere;
  private final LinkupReplies replies;
  private final LinkupRegistration registration;
  private final LinkupSentSignals sent;

  private @Nullable LinkupForeignPeers conversations;

  LinkupSession(
      SessionContext context, String realm, LinkupOptions options, LinkupDecoder decoder,
      LinkupExternalBrokers elsewhere) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.realm = realm;
    this.glareWait = options.glareWait();
    this.decoder = decoder;
    this.elsewhere = elsewhere;
    this.replies = new LinkupReplies(connection);
    this.registration = new LinkupRegistration(
        switchboard, elsewhere, this::hearsElsewhere, replies, this::endConversations,
        new LinkupUndecidedSignals(switchboard, this::hears, this::hears));
    this.sent = new LinkupSentSignals(switchboard, elsewhere, registration, replies);
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
          replies.say(new LinkupServerMessage.Failed(replies.form(), NO_ID, error));
        }
      }
    }
  }

  private void handle(Request request) {
    replies.heard(request);
    switch (request.call()) {
      case Call.Ping ping -> replies.done(request, PONG);
      // What is not answered at once is kept without the message that it came in.
      case Call.Find(String id) ->
          look(request.detached(), id, there -> there ? new Result.Text(id) : NOTHING);
      case Call.Exists(String id) -> look(request.detached(), id, Result.Flag::new);
      case Call.Register(String id) ->
          registration.register(request.detached(), new PeerAddress(realm, id));
      case Call.Unregister unregister -> registration.unregister(request.detached());
      case Call.Send send -> send(request, send);
      case Call.Flawed(LinkupRpcError error) -> replies.failed(request, error);
    }
  }

  // ---- who is there

  private void look(Request request, String name, Function<Boolean, Result> result) {
    LinkupForeignPeers talks = conversations();
    talks.asks(name);
    PeerAddress peer = new PeerAddress(realm, talks.realId(name));
    switchboard
        .find(peer)
        .onSuccess(
            here -> {
              if (here) {
                talks.onceUndisturbed(name, () -> replies.done(request, result.apply(true)));
              } else {
                lookElsewhere(request, peer, result);
              }
            })
        .onFailure(
            away -> replies.failed(
                request,
                LinkupRpcError.failed("The broker cannot look for peers at the moment, try again")));
  }

  private void lookElsewhere(Request request, PeerAddress peer, Function<Boolean, Result> result) {
    elsewhere
        .knows(peer)
        .onSuccess(there -> switchboard.run(() -> replies.done(request, result.apply(there))));
  }

  private void endConversations() {
    if (conversations != null) {
      conversations.end();
      conversations = null;
    }
  }

  // ---- signals

  private void send(Request request, Call.Send send) {
    PeerAddress sender = registration.self();
    if (sender == null || !sender.id().equals(send.from())) {
      replies.failed(request, notYours(send.from(), sender));
      return;
    }
    switch (route(send)) {
      case LinkupRoute.Send(String to, @Nullable String key) ->
          sent.dispatch(
              request, signal(send, sender, to, sent.reference(request)).within(key));
      case LinkupRoute.Withhold(String dialect) -> {
        switchboard.drop(signal(send, sender, send.to(), 0), dialect);
        replies.done(request, NOTHING);
      }
    }
  }

  private LinkupRoute route(Call.Send send) {
    if (conversations == null && send.kind() != SignalKind.OFFER) {
      return new LinkupRoute.Send(send.to(), null);
    }
    return conversations().route(send.to(), send.kind());
  }

  private static Signal signal(Call.Send send, PeerAddress sender, String to, long reference) {
    return new Signal(
        send.kind(),
        sender,
        sender.neighbour(to),
        LinkupDialect.NAME,
        "signal",
        send.signal(),
        reference);
  }

  /** A client of another broker says something; called on any thread. */
  private void hearsElsewhere(String from, Bytes signal) {
    switchboard.run(
        () -> {
          PeerAddress self = registration.self();
          if (self != null) {
            replies.say(new LinkupServerMessage.Told(replies.form(), from, self.id(), signal));
          }
        });
  }

  private static LinkupRpcError notYours(String from, @Nullable PeerAddress sender) {
    return LinkupRpcError.failed(
        "Invalid id. params.from (\""
            + from
            + "\") does not match the id of the the connection (\""
            + (sender == null ? null : sender.id())
            + "\")");
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    if (undelivered.kind() == SignalKind.OFFER && conversations != null) {
      conversations.callFailed(undelivered.to().id());
    }
    sent.undelivered(undelivered);
  }

  @Override
  public void signal(Signal signal) {
    if (registration.isUndecided(signal.to())) {
      registration.signals().keep(signal);
    } else {
      hears(signal);
    }
  }

  private void hears(Signal signal) {
    if (conversations != null) {
      conversations.hearsNatively(signal.from().id(), signal.kind());
    }
    replies.say(
        new LinkupServerMessage.Told(
            replies.form(), signal.from().id(), signal.to().id(), signal.payload()));
  }

  // ---- peers of other dialects

  @Override
  public Reception foreign(ForeignSignal signal) {
    return registration.isUndecided(signal.signal().to())
        ? registration.signals().keep(signal)
        : hears(signal);
  }

  /** Clients of the older form know no request to negotiate, and would end the connection. */
  private Reception hears(ForeignSignal signal) {
    return replies.form() == LinkupWireFormat.ENVELOPE && signal.content() instanceof Content.Renegotiation
        ? Reception.DROPPED
        : conversations().receive(signal);
  }

  @Override
  public void departed(PeerAddress peer) {
    if (conversations != null) {
      conversations.departed(peer);
    }
  }

  @Override
  public void closed(CloseReason reason) {
    registration.unregister();
  }

  private LinkupForeignPeers conversations() {
    if (conversations == null) {
      conversations = new LinkupForeignPeers(new Neighbours(), glareWait, switchboard.reserve());
    }
    return conversations;
  }

  /** What conversations with peers of other dialects need of this session. */
  private final class Neighbours implements LinkupForeignPeers.Client {

    @Override
    public void tell(String from, Content content) {
      PeerAddress self = registration.self();
      if (self != null) {
        replies.say(new LinkupServerMessage.Translated(replies.form(), from, self.id(), content));
      }
    }

    @Override
    public void refuse(Signal offer, Undelivered.Cause cause) {
      switchboard.refuse(offer, cause);
    }

    @Override
    public void watch(PeerAddress peer) {
      switchboard.watch(peer);
    }

    @Override
    public void unwatch(PeerAddress peer) {
      switchboard.unwatch(peer);
    }

    @Override
    public void delivered(Signal signal) {
      switchboard.delivered(signal);
    }

    @Override
    public void drop(Signal signal) {
      switchboard.drop(signal, LinkupDialect.NAME);
    }

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      return connection.after(delay, task);
    }

    @Override
    public long now() {
      return System.nanoTime();
    }
  }
}
