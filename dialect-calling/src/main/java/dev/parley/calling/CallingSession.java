package dev.parley.calling;

import dev.parley.calling.CallingClientMessage.Request;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.dialect.support.IdleTimer;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomEvent;
import dev.parley.group.UserCommand;
import dev.parley.identity.Identity;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client: carries out its requests, and writes what it receives. */
final class CallingSession implements Session {

  /** Clients that ask for more frequent pings get these. */
  private static final Duration MIN_IDLE = Duration.ofMillis(100);

  private static final Duration MAX_IDLE = Duration.ofDays(1);
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final CallingSupport support;
  private final CallingForeignPeers peers;
  private final CallingIncomingSignals incoming;
  private final CallingGroupCommands groups;
  private final CallingRequestHandler requests;

  private @Nullable IdleTimer ping;
  private @Nullable IdleTimer timeout;
  /** How many requests of the client wait for their answer. */
  private int unanswered;

  CallingSession(SessionContext context, PeerAddress self, CallingSupport support) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.support = support;
    CallingOptions options = support.options();
    CallingForeignPeerEvents events =
        new CallingForeignPeerEvents(this::send, options.channelLabel());
    this.groups = new CallingGroupCommands(switchboard, connection);
    this.peers = new CallingForeignPeers(
        self, ForeignPeerContext.of(context, CallingDialect.NAME), groups, events);
    CallingIncomingCalls calls =
        new CallingIncomingCalls(self, options, connection, groups, peers, events);
    this.incoming = new CallingIncomingSignals(peers, calls, events);
    this.requests = new CallingRequestHandler(
        groups, peers, new CallingForeignJoins(self, switchboard, groups, peers, events), calls,
        new CallingOutgoingSignals(self, support.interpreter(), switchboard, peers),
        presence(context));
  }

  private @Nullable CallingForeignPresence presence(SessionContext context) {
    String namespace = support.options().peersNamespace();
    return namespace == null
        ? null
        : new CallingForeignPresence(namespace, support.realmPeers(), context, this::send);
  }

  /** Makes the client a user, and sends hello afterwards: from then on it can be invited. */
  void begin(Identity identity) {
    groups.ask(new Arrive(self, NOTHING), answer -> {
      if (answer instanceof GroupAnswer.Refused) {
        connection.close(CloseReason.UNAVAILABLE);
      } else if (!support.options().disable().contains(CallingFeature.HELLO)) {
        send(new CallingServerMessage.Hello(self.id(), support.options().server(),
            support.iceServers().of(self.realm(), identity).orElse(null)));
      }
    });
  }

  @Override
  public void message(Bytes message, boolean binary) {
    touch(ping);
    touch(timeout);
    switch (support.decoder().decode(message)) {
      case Request request -> carryOut(request);
      case CallingClientMessage.Unfit(Bytes tid, String error) -> send(
          new CallingServerMessage.Failure(tid, error));
      case CallingClientMessage.Malformed(String error) ->
          send(new CallingServerMessage.Complaint(error));
    }
  }

  @Override
  public boolean overflow(Bytes message, boolean binary) {
    switch (support.decoder().decode(message)) {
      case Request request -> send(
          new CallingServerMessage.Failure(request.tid(), CallingErrors.of(Refusal.UNAVAILABLE)));
      case CallingClientMessage.Unfit(Bytes tid, String error) -> send(
          new CallingServerMessage.Failure(tid, error));
      case CallingClientMessage.Malformed(String error) ->
          send(new CallingServerMessage.Complaint(error));
    }
    return true;
  }

  private void carryOut(Request request) {
    Bytes tid = request.tid();
    switch (request.command()) {
      case PING -> send(new CallingServerMessage.Done(tid));
      case REMOTE_PING -> {
        cancel(ping);
        ping = new IdleTimer(
            connection, time(request), () -> send(new CallingServerMessage.Ping()));
        send(new CallingServerMessage.Done(tid));
      }
      case REMOTE_TIMEOUT -> {
        cancel(timeout);
        timeout =
            new IdleTimer(connection, time(request), this::endIfSilent);
        send(new CallingServerMessage.Done(tid));
      }
      default -> {
        unanswered++;
        requests.carryOut(command(request), answer -> {
          unanswered--;
          touch(timeout);
          send(new CallingServerMessage.Answer(tid, answer));
        });
      }
    }
  }

  /** A client is not read, and so not silent, while its request waits. */
  private void endIfSilent() {
    if (unanswered == 0) {
      connection.close(CloseReason.SILENT);
    }
  }

  private UserCommand command(Request request) {
    return request.command().toGroups(self, support.options().linger(), request.fields());
  }

  private static Duration time(Request request) {
    double millis = request.fields().number("time");
    if (!(millis > MIN_IDLE.toMillis())) {
      return MIN_IDLE;
    }
    return millis < MAX_IDLE.toMillis() ? Duration.ofMillis((long) millis) : MAX_IDLE;
  }

  @Override
  public void group(GroupEvent event) {
    switch (event) {
      case RoomEvent.ForeignAdded added -> {
        peers.add(added);
        send(added);
      }
      case RoomEvent.ForeignRemoved removed -> {
        if (peers.remove(removed)) {
          send(removed);
        }
      }
      default -> send(event);
    }
  }

  private void send(GroupEvent event) {
    touch(ping);
    connection.send(event, support.encoder().events());
  }

  private void send(CallingServerMessage message) {
    touch(ping);
    connection.send(message, support.encoder().messages());
  }

  /** Users of this dialect communicate in rooms only. */
  @Override
  public void signal(Signal signal) {
    switchboard.refuse(signal, Undelivered.Cause.REJECTED);
  }

  @Override
  public ForeignOutcome foreign(ForeignSignal signal) {
    return incoming.receive(signal);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    incoming.undelivered(undelivered);
  }

  @Override
  public void departed(PeerAddress peer) {
    peers.departed(peer);
  }

  @Override
  public void closed(CloseReason reason) {
    cancel(ping);
    cancel(timeout);
    peers.endAll();
  }

  private static void touch(@Nullable IdleTimer timer) {
    if (timer != null) {
      timer.touch();
    }
  }

  private static void cancel(@Nullable IdleTimer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
