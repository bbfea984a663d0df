package dev.parley.calling;

import dev.parley.calling.CallingClientMessage.Request;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomEvent;
import dev.parley.signal.Bytes;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client: what its requests come to, and what it is told. */
final class CallingSession implements Session {

  /** A client that wants to be pinged more often than that is pinged as often as that. */
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(100);

  private static final Duration LONGEST_SILENCE = Duration.ofDays(1);
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private final CallingOptions options;
  private final CallingDecoder decoder;
  private final CallingRequests requests;
  private final CallingEncoder encoder;
  private final CallingForeignPeers guests;
  private final CallingIncomingSignals incoming;
  private final CallingGroupCommands groups;
  private final CallingRequestHandler guestRequests;

  private @Nullable CallingIdleTimer ping;
  private @Nullable CallingIdleTimer timeout;
  /** How many requests of the client wait for their answer. */
  private int unanswered;

  CallingSession(
      SessionContext context, PeerAddress self, CallingOptions options, CallingDecoder decoder,
      CallingEncoder encoder, CallingSignalingReader events, CallingRealmPeers neighbourhood) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    this.options = options;
    this.decoder = decoder;
    this.requests = new CallingRequests(self, options.linger());
    this.encoder = encoder;
    CallingForeignPeerEvents news = new CallingForeignPeerEvents(this::tell, options.channelLabel());
    this.groups = new CallingGroupCommands(switchboard, connection);
    this.guests = new CallingForeignPeers(self, switchboard, connection, groups, news);
    CallingIncomingCalls callers = new CallingIncomingCalls(options, connection, guests, news);
    this.incoming = new CallingIncomingSignals(guests, callers, news);
    CallingOutgoingSignals outgoing = new CallingOutgoingSignals(self, events, switchboard, guests);
    this.guestRequests = new CallingRequestHandler(self, options.linger(), switchboard, groups, guests,
        callers, outgoing, news, sightings(context, neighbourhood));
  }

  private @Nullable CallingForeignPresence sightings(
      SessionContext context, CallingRealmPeers neighbourhood) {
    String namespace = options.peersNamespace();
    return namespace == null
        ? null
        : new CallingForeignPresence(namespace, neighbourhood, context, this::tell);
  }

  /** Makes the client a user, and greets it when it is one: then others can invite it. */
  void begin() {
    groups.ask(new Arrive(self, NOTHING), answer -> {
      if (answer instanceof GroupAnswer.Refused) {
        connection.close(CloseReason.UNAVAILABLE);
      } else if (!options.disable().contains(CallingFeature.HELLO)) {
        say(new CallingServerMessage.Hello(self.id(), options.server()));
      }
    });
  }

  @Override
  public void message(Bytes message, boolean binary) {
    interrupt(ping);
    interrupt(timeout);
    switch (decoder.decode(message)) {
      case Request request -> carryOut(request);
      case CallingClientMessage.Unfit(Bytes tid, String error) -> say(
          new CallingServerMessage.Failure(tid, error));
      case CallingClientMessage.Malformed(String error) -> say(new CallingServerMessage.Complaint(error));
    }
  }

  @Override
  public boolean overflow(Bytes message, boolean binary) {
    switch (decoder.decode(message)) {
      case Request request -> say(
          new CallingServerMessage.Failure(request.tid(), CallingErrors.of(Refusal.UNAVAILABLE)));
      case CallingClientMessage.Unfit(Bytes tid, String error) -> say(
          new CallingServerMessage.Failure(tid, error));
      case CallingClientMessage.Malformed(String error) -> say(new CallingServerMessage.Complaint(error));
    }
    return true;
  }

  private void carryOut(Request request) {
    Bytes tid = request.tid();
    switch (request.command()) {
      case PING -> say(new CallingServerMessage.Done(tid));
      case REMOTE_PING -> {
        cancel(ping);
        ping = new CallingIdleTimer(connection, time(request), () -> say(new CallingServerMessage.Ping()));
        say(new CallingServerMessage.Done(tid));
      }
      case REMOTE_TIMEOUT -> {
        cancel(timeout);
        timeout =
            new CallingIdleTimer(connection, time(request), this::endIfSilent);
        say(new CallingServerMessage.Done(tid));
      }
      default -> {
        unanswered++;
        guestRequests.carryOut(requests.meaning(request), answer -> {
          unanswered--;
          interrupt(timeout);
          say(new CallingServerMessage.Answer(tid, answer));
        });
      }
    }
  }

  /** What a client says while a request of its waits is not read, so it is not silent. */
  private void endIfSilent() {
    if (unanswered == 0) {
      connection.close(CloseReason.SILENT);
    }
  }

  private static Duration time(Request request) {
    double millis = request.fields().number("time");
    if (!(millis > SHORTEST_SILENCE.toMillis())) {
      return SHORTEST_SILENCE;
    }
    return millis < LONGEST_SILENCE.toMillis() ? Duration.ofMillis((long) millis) : LONGEST_SILENCE;
  }

  @Override
  public void group(GroupEvent event) {
    switch (event) {
      case RoomEvent.ForeignAdded added -> {
        guests.comes(added);
        tell(added);
      }
      case RoomEvent.ForeignRemoved removed -> {
        if (guests.goes(removed)) {
          tell(removed);
        }
      }
      default -> tell(event);
    }
  }

  private void tell(GroupEvent event) {
    interrupt(ping);
    connection.send(event, encoder.events());
  }

  private void say(CallingServerMessage message) {
    interrupt(ping);
    connection.send(message, encoder.messages());
  }

  /** Users of this dialect talk to each other in rooms alone. */
  @Override
  public void signal(Signal signal) {
    switchboard.refuse(signal, Undelivered.Cause.REJECTED);
  }

  @Override
  public Reception foreign(ForeignSignal signal) {
    return incoming.receive(signal);
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    incoming.undelivered(undelivered);
  }

  @Override
  public void departed(PeerAddress peer) {
    guests.departed(peer);
  }

  @Override
  public void closed(CloseReason reason) {
    cancel(ping);
    cancel(timeout);
    guests.endAll();
  }

  private static void interrupt(@Nullable CallingIdleTimer silence) {
    if (silence != null) {
      silence.interrupt();
    }
  }

  private static void cancel(@Nullable CallingIdleTimer silence) {
    if (silence != null) {
      silence.cancel();
    }
  }
}
