package dev.parley.linkup;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.linkup.ClientMessage.Call;
import dev.parley.linkup.ClientMessage.Request;
import dev.parley.linkup.ServerMessage.Result;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of the broker: what its requests mean, and what it is told. It has no id until it
 * registers one, and can change it at any time.
 */
final class LinkupSession implements Session {

  private static final Bytes NO_ID = Bytes.utf8("null");
  private static final Result PONG = new Result.Text("pong");
  private static final Result NOTHING = new Result.Nothing();

  private final Connection connection;
  private final Switchboard switchboard;
  private final String realm;
  private final Duration glareWait;
  private final LinkupDecoder decoder;
  private final Elsewhere elsewhere;
  private final Elsewhere.Listener ear = this::hearsElsewhere;

  /** Signals that were sent as requests, by their reference, until it shows what became of them. */
  private final Map<Long, Request> underWay = new HashMap<>(1);

  private Form form = Form.JSON_RPC_2;
  private @Nullable PeerAddress self;

  /** The id that was given to this session, but may have an owner elsewhere. */
  private @Nullable PeerAddress contested;

  private @Nullable Conversations conversations;
  private long references;
  private long attempts;

  LinkupSession(
      SessionContext context, String realm, LinkupOptions options, LinkupDecoder decoder,
      Elsewhere elsewhere) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.realm = realm;
    this.glareWait = options.glareWait();
    this.decoder = decoder;
    this.elsewhere = elsewhere;
  }

  @Override
  public void message(Bytes message, boolean binary) {
    switch (decoder.decode(message)) {
      case Request request -> handle(request);
      case ClientMessage.Answer answer -> {}
      case ClientMessage.Malformed(RpcError error) -> {
        if (binary) {
          connection.close(CloseReason.NOT_TEXT);
        } else {
          say(new ServerMessage.Failed(form, NO_ID, error));
        }
      }
    }
  }

  private void handle(Request request) {
    form = request.form();
    switch (request.call()) {
      case Call.Ping ping -> done(request, PONG);
      case Call.Find(String id) ->
          look(request, id, there -> there ? new Result.Text(id) : NOTHING);
      case Call.Exists(String id) -> look(request, id, Result.Flag::new);
      case Call.Register(String id) -> register(request, new PeerAddress(realm, id));
      case Call.Unregister unregister -> {
        abandonContested();
        leave();
        done(request, NOTHING);
      }
      case Call.Send send -> send(request, send);
      case Call.Flawed(RpcError error) -> failed(request, error);
    }
  }

  // ---- who is there

  private void look(Request request, String name, Function<Boolean, Result> result) {
    Conversations talks = conversations();
    talks.asks(name);
    PeerAddress peer = new PeerAddress(realm, talks.realId(name));
    switchboard
        .find(peer)
        .onSuccess(
            here -> {
              if (here) {
                talks.onceUndisturbed(name, () -> done(request, result.apply(true)));
              } else {
                lookElsewhere(request, peer, result);
              }
            })
        .onFailure(
            away -> failed(
                request,
                RpcError.failed("The broker cannot look for peers at the moment, try again")));
  }

  private void lookElsewhere(Request request, PeerAddress peer, Function<Boolean, Result> result) {
    elsewhere
        .knows(peer)
        .onSuccess(there -> switchboard.run(() -> done(request, result.apply(there))));
  }

  private void register(Request request, PeerAddress wanted) {
    abandonContested();
    if (wanted.equals(self)) {
      done(request, new Result.Text(wanted.id()));
    } else {
      switchboard.claim(Claim.of(wanted), outcome -> claimed(request, outcome));
    }
  }

  private void claimed(Request request, ClaimOutcome outcome) {
    switch (outcome) {
      case ClaimOutcome.Granted granted -> contest(request, granted.address());
      case ClaimOutcome.Taken taken -> failed(request, taken(taken.address()));
      case ClaimOutcome.NotOwned taken -> failed(request, taken(taken.address()));
      case ClaimOutcome.Invalid(PeerAddress address, String objection) ->
          failed(request, RpcError.invalidParams("id: " + objection));
      case ClaimOutcome.Unavailable unavailable ->
          failed(
              request,
              RpcError.failed("The broker cannot register ids at the moment, try again later"));
    }
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
      failed(request, RpcError.failed("id \"" + granted.id() + "\" was given up again"));
    } else if (takenElsewhere) {
      abandonContested();
      failed(request, taken(granted));
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
      giveUp(undecided);
    }
  }

  private void registered(Request request, PeerAddress granted) {
    leave();
    self = granted;
    done(request, new Result.Text(granted.id()));
  }

  private static RpcError taken(PeerAddress address) {
    return RpcError.failed("id \"" + address.id() + "\" already taken");
  }

  /** The client is nobody from now on. */
  private void leave() {
    endConversations();
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

  private void endConversations() {
    if (conversations != null) {
      conversations.end();
      conversations = null;
    }
  }

  // ---- signals

  private void send(Request request, Call.Send send) {
    PeerAddress sender = self;
    if (sender == null || !sender.id().equals(send.from())) {
      failed(request, notYours(send.from(), sender));
      return;
    }
    switch (route(send)) {
      case Route.Send(String to, @Nullable String key) ->
          dispatch(request, signal(send, sender, to, reference(request)).within(key));
      case Route.Withhold(String dialect) -> {
        switchboard.drop(signal(send, sender, send.to(), 0), dialect);
        done(request, NOTHING);
      }
    }
  }

  private Route route(Call.Send send) {
    if (conversations == null && send.kind() != SignalKind.OFFER) {
      return new Route.Send(send.to(), null);
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

  /** A notification needs none. */
  private long reference(Request request) {
    return request.id() == null ? 0 : ++references;
  }

  /**
   * Where a peer may be elsewhere, it has to be asked for first; answers come in the order of the
   * questions, so that signals stay in order.
   */
  private void dispatch(Request request, Signal signal) {
    if (!elsewhere.isSomewhere()) {
      send(request, signal);
      return;
    }
    switchboard
        .find(signal.to())
        .onComplete(
            looked -> {
              if (looked.failed() || looked.result()) {
                send(request, signal);
              } else {
                sendElsewhere(request, signal);
              }
            });
  }

  private void sendElsewhere(Request request, Signal signal) {
    elsewhere
        .signal(signal.from(), signal.to(), signal.payload())
        .onSuccess(sent -> switchboard.run(() -> done(request, NOTHING)))
        .onFailure(
            away -> switchboard.run(
                () -> failed(
                    request,
                    RpcError.failed(
                        "The broker cannot reach the peer at the moment (" + signal.to().id()
                            + ")"))));
  }

  /** A client of another broker says something; called on any thread. */
  private void hearsElsewhere(String from, Bytes signal) {
    switchboard.run(
        () -> {
          if (self != null) {
            say(new ServerMessage.Told(form, from, self.id(), signal));
          }
        });
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
    underWay.put(signal.reference(), request);
    switchboard.send(signal, Duration.ZERO);
    var unused =
        switchboard
            .find(signal.to())
            .onComplete(
                asked -> {
                  if (underWay.remove(signal.reference()) != null) {
                    done(request, NOTHING);
                  }
                });
  }

  private static RpcError notYours(String from, @Nullable PeerAddress sender) {
    return RpcError.failed(
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
    @Nullable Request request = underWay.remove(undelivered.reference());
    if (request != null) {
      failed(request, RpcError.failed(why(undelivered)));
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

  @Override
  public void signal(Signal signal) {
    if (conversations != null) {
      conversations.hearsNatively(signal.from().id(), signal.kind());
    }
    say(
        new ServerMessage.Told(
            form, signal.from().id(), signal.to().id(), signal.payload()));
  }

  // ---- peers of other dialects

  /** Clients of the older form know no request to negotiate anew, and would end the connection. */
  @Override
  public Reception foreign(ForeignSignal signal) {
    return form == Form.ENVELOPE && signal.content() instanceof Content.Renegotiation
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
    abandonContested();
    leave();
  }

  private Conversations conversations() {
    if (conversations == null) {
      conversations = new Conversations(new Neighbours(), glareWait);
    }
    return conversations;
  }

  /** What conversations with peers of other dialects need of this session. */
  private final class Neighbours implements Conversations.Client {

    @Override
    public void tell(String from, Content content) {
      if (self != null) {
        say(new ServerMessage.Translated(form, from, self.id(), content));
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
    public Connection.Timer after(Duration delay, Runnable task) {
      return connection.after(delay, task);
    }

    @Override
    public long now() {
      return System.nanoTime();
    }
  }

  // ---- answers

  private void done(Request request, Result result) {
    if (request.id() != null) {
      say(new ServerMessage.Done(request.form(), request.id(), result));
    }
  }

  private void failed(Request request, RpcError error) {
    if (request.id() != null) {
      say(new ServerMessage.Failed(request.form(), request.id(), error));
    }
  }

  private void say(ServerMessage message) {
    connection.send(message, LinkupEncoder::encode);
  }
}
