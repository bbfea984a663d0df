package dev.parley.calling;

import dev.parley.calling.Guest.Held;
import dev.parley.calling.Guest.State;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.Said;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The peers of other dialects that one user has to do with, each in a room, and what they and the
 * user say to each other. To its client they are members like others. Groups know nothing of them:
 * the sessions of users who are in one room tell each other ({@link Introduction}), and each has its
 * own conversation with a guest.
 *
 * <p>rtc-lib makes an offer to members who come, and waits for the offer of those that were there
 * before. So a peer that calls is shown as a member of the room that the user is invited to, and
 * one that the user wants to talk to as one who comes.
 *
 * <p>Event loop of the session only.
 */
final class Guests {

  private static final int MOST = 256;
  private static final int MOST_RINGING = 32;
  private static final int MOST_RINGING_OF_ONE = 8;

  /** Far from the handles that groups give, which count from 0; exact in JavaScript. */
  private static final long FIRST_HANDLE = 1L << 40;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Bytes NO_STATUS = Bytes.utf8("{}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PeerAddress self;
  private final CallingOptions options;
  private final SignalingEvents events;
  private final Connection connection;
  private final Switchboard switchboard;
  private final Consumer<GroupEvent> client;
  private final Attendance attendance;
  private final List<Guest> guests = new ArrayList<>(0);

  private long handles = FIRST_HANDLE;
  private long references;

  /**
   * @param client is told what happens
   */
  Guests(SessionContext context, PeerAddress self, CallingOptions options, SignalingEvents events,
      Consumer<GroupEvent> client) {
    this.self = self;
    this.options = options;
    this.events = events;
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.client = client;
    this.attendance = new Attendance(this::introduceAll);
  }

  /** Who is where with the user. */
  Attendance attendance() {
    return attendance;
  }

  // ---- who is there

  /** The guest of that id in a room; null if there is none. */
  @Nullable
  Guest in(String room, String id) {
    return first(guest -> guest.state() == State.PRESENT && guest.room().equals(room)
        && guest.id().equals(id));
  }

  /** The guest that has called and waits; null if the handle is not that of its invitation. */
  @Nullable
  Guest ringing(long handle) {
    return first(guest -> guest.state() == State.RINGING && guest.handle() == handle);
  }

  boolean isFull() {
    return guests.size() >= MOST;
  }

  private @Nullable Guest first(Predicate<Guest> wanted) {
    for (Guest each : guests) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  private List<Guest> all(Predicate<Guest> wanted) {
    return guests.stream().filter(wanted).toList();
  }

  /** The latest of those that fit: what has no key belongs to what is going on now. */
  private @Nullable Guest latest(Predicate<Guest> wanted) {
    List<Guest> all = all(wanted);
    return all.isEmpty() ? null : all.getLast();
  }

  private static Predicate<Guest> of(PeerAddress peer) {
    return guest -> guest.peer().equals(peer);
  }

  private static Predicate<Guest> of(ForeignSignal signal) {
    return of(signal.from()).and(
        guest -> signal.conversation() != null && signal.conversation().equals(guest.key()));
  }

  /** What users see of a peer of another dialect. */
  static Bytes status(String dialect) {
    return Bytes.utf8(
        new TextBuffer().ascii("{\"dialect\":").quoted(dialect).ascii("}").toString());
  }

  // ---- guests that several users have

  private void introduceAll(String room, String newcomer) {
    for (Guest each : all(
        guest -> guest.state() == State.PRESENT && guest.room().equals(room))) {
      introduce(each, newcomer);
    }
  }

  private void introduce(Guest guest, String user) {
    send(new Introduction(guest.room(), guest.id(), guest.dialect())
        .signal(self, self.neighbour(user)));
  }

  /** Another user has a guest in a room; the user sees it, too, if it is there. */
  void meet(Introduction guest) {
    if (attendance.isIn(guest.room()) && in(guest.room(), guest.peer()) == null && !isFull()) {
      show(Guest.invited(
          self.neighbour(guest.peer()), guest.dialect(), guest.room(), handles++), false);
    }
  }

  // ---- what the user does

  /** The user brings a peer in, who comes at once. */
  void enter(Peer peer, String room) {
    welcome(peer, room, false);
  }

  /**
   * The user invites a peer, who has accepted at once: peers of other dialects cannot be asked
   * before there is an offer. Returns the handle; what it comes to is told by {@link #accepts}.
   */
  Guest invite(Peer peer, String room) {
    return welcome(peer, room, true);
  }

  private Guest welcome(Peer peer, String room, boolean pending) {
    Guest guest = Guest.invited(peer.address(), peer.dialect(), room, handles++);
    show(guest, pending);
    attendance.others(room).forEach(user -> introduce(guest, user));
    return guest;
  }

  private void show(Guest guest, boolean pending) {
    add(guest);
    client.accept(new PeerNews(guest.room(), new PeerChange.Added(
        guest.id(), new RoomPeer(status(guest.dialect()), pending))));
  }

  /** The user knows the handle of its invitation, and hears what came of it. */
  void accepts(Guest guest) {
    client.accept(new InvitationEvent.Answered(guest.handle(), true));
    client.accept(new PeerNews(guest.room(), new PeerChange.Accepted(guest.id())));
    client.accept(new PeerNews(
        guest.room(), new PeerChange.Changed(guest.id(), status(guest.dialect()))));
  }

  /** The user accepts, and is on its way into the room. */
  void joins(Guest guest) {
    guest.state(State.JOINING);
  }

  /** The user could not get into the room: it may try again. */
  void staysOut(Guest guest) {
    guest.state(State.RINGING);
    if (guest.isGone()) {
      end(guest);
    }
  }

  /** The user is in the room, and hears what has waited. */
  void isIn(Guest guest) {
    guest.state(State.PRESENT);
    if (guest.isGone()) {
      end(guest);
    } else {
      guest.takeIncoming().forEach(held -> tell(guest, held.content()));
    }
  }

  /** The user does not want to. */
  void denies(Guest guest) {
    turnAway(guest, Cause.REJECTED);
  }

  /** The user has left a room, and with it the guests there. */
  void leaves(String room) {
    for (Guest each : all(guest -> guest.room().equals(room) && guest.state() == State.PRESENT)) {
      Signal open = each.unanswered();
      if (open != null) {
        turnAway(each, Cause.REJECTED);
      } else {
        remove(each);
        if (each.hasBegun()) {
          send(each, SignalKind.BYE, "", Bytes.EMPTY, 0);
        }
      }
    }
  }

  /** The user says something to a guest. */
  void says(Guest guest, SendToMember said) {
    Content content = events.read(said.name(), said.data());
    Signal signal = signal(guest, SignalingEvents.kind(content), said.name(), said.data(), 0);
    switch (content) {
      case Content.Offer(Sdp sdp, Terms terms) -> offers(guest, signal, sdp, terms);
      case Content.Answer(Sdp sdp, Terms terms) -> answers(guest, signal, sdp);
      case Content.Candidate candidate -> follows(guest, signal, content);
      case Content.EndOfCandidates end -> follows(guest, signal, content);
      default -> {
        if (said.name().equals(Introduction.NAME)) {
          // Sessions alone say that.
          switchboard.drop(signal, guest.dialect());
        } else {
          send(signal.within(guest.key()));
        }
      }
    }
  }

  /**
   * If both make an offer at once, the one that was passed on first counts: the user's own is
   * withheld until it has answered.
   */
  private void offers(Guest guest, Signal signal, Sdp sdp, Terms terms) {
    if (guest.unanswered() != null) {
      switchboard.drop(signal, guest.dialect());
      return;
    }
    Optional<String> origin = sdp.sessionId();
    if (guest.wouldBegin(origin)) {
      dropAll(guest.takeIncoming());
      guest.begin(newKey());
    }
    guest.isCalled(origin, terms.channels(), ++references);
    send(signal.within(guest.key()), references);
    sendWaiting(guest);
  }

  private void answers(Guest guest, Signal signal, Sdp sdp) {
    if (guest.unanswered() == null) {
      switchboard.drop(signal, guest.dialect());
      return;
    }
    guest.isAnsweredByUser(sdp.sessionId(), ++references);
    send(signal.within(guest.key()), references);
    sendWaiting(guest);
  }

  /** A candidate must not come before the description that it belongs to. */
  private void follows(Guest guest, Signal signal, Content content) {
    if (guest.isOwnDescribed()) {
      send(signal.within(guest.key()));
    } else if (!guest.keepOutgoing(new Held(signal, content))) {
      switchboard.drop(signal.header(), guest.dialect());
    }
  }

  private void sendWaiting(Guest guest) {
    guest.takeOutgoing().forEach(held -> send(held.signal().within(guest.key())));
  }

  private void send(
      Guest guest, SignalKind kind, String name, Bytes payload, long reference) {
    send(signal(guest, kind, name, payload, reference).within(guest.key()));
  }

  private Signal signal(
      Guest guest, SignalKind kind, String name, Bytes payload, long reference) {
    return new Signal(
        kind, self, guest.peer(), CallingDialect.NAME, name, payload, reference);
  }

  private void send(Signal signal, long reference) {
    send(new Signal(signal.kind(), signal.from(), signal.to(), signal.dialect(), signal.name(),
        signal.payload(), reference, signal.conversation()));
  }

  private void send(Signal signal) {
    switchboard.send(signal, Duration.ZERO);
  }

  private static String newKey() {
    return "rtc_" + Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }

  // ---- what peers do

  /** A peer of another dialect says something. */
  Reception receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer(Sdp sdp, Terms terms) -> offered(signal, sdp, terms);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> heard(signal);
      case Content.EndOfCandidates end -> heard(signal);
      case Content.Bye bye -> ended(signal);
      case Content.Renegotiation request -> Reception.DROPPED;
      case Content.Custom custom -> told(signal, custom);
    };
  }

  private Reception offered(ForeignSignal signal, Sdp sdp, Terms terms) {
    Optional<String> origin = sdp.sessionId();
    Guest known = signal.conversation() == null
        ? latest(of(signal.from()).and(guest -> guest.hasOrigin(origin)))
        : first(of(signal));
    return known == null
        ? rings(signal, sdp, terms, origin)
        : again(known, signal, origin);
  }

  /** A connection that is there, or is being made, is negotiated anew. */
  private Reception again(Guest guest, ForeignSignal signal, Optional<String> origin) {
    if (guest.isCalling()) {
      return Reception.REJECTED;
    }
    if (guest.state() != State.PRESENT && !keep(guest, signal)) {
      return Reception.REJECTED;
    }
    guest.isOffered(signal.signal(), origin);
    if (guest.state() == State.PRESENT) {
      tell(guest, signal.content());
    }
    return Reception.TAKEN;
  }

  private Reception rings(
      ForeignSignal signal, Sdp sdp, Terms terms, Optional<String> origin) {
    if (!options.canBeCalled() || isFull() || ringsTooMuch(signal.from())) {
      return Reception.REJECTED;
    }
    if (signal.conversation() == null) {
      // Who has no keys has one connection with each peer: with a new one, the former is over.
      all(of(signal.from()).and(Guest::hasCalled).and(guest -> guest.key() == null))
          .forEach(this::end);
    }
    Guest guest = Guest.calling(signal.signal(), signal.conversation(), origin,
        UUID.randomUUID().toString(), handles++);
    if (!keep(guest, signal)) {
      return Reception.REJECTED;
    }
    var unused = connection.after(options.ringTimeout(), () -> ringsTooLong(guest));
    client.accept(new InvitationEvent.Received(
        guest.handle(), guest.room(),
        new RoomView(
            NO_STATUS, Map.of(guest.id(), new RoomPeer(status(guest.dialect()), false))),
        guest.id(), aboutCall(guest, sdp, terms)));
    add(guest);
    return Reception.TAKEN;
  }

  /** One peer alone must not keep all others from calling. */
  private boolean ringsTooMuch(PeerAddress peer) {
    List<Guest> ringing = all(guest -> guest.state() != State.PRESENT);
    return ringing.size() >= MOST_RINGING
        || ringing.stream().filter(of(peer)).count() >= MOST_RINGING_OF_ONE;
  }

  /** What the user is told with the invitation. */
  private static Bytes aboutCall(Guest guest, Sdp sdp, Terms terms) {
    TextBuffer text = new TextBuffer();
    text.ascii("{\"dialect\":").quoted(guest.dialect())
        .ascii(sdp.media() == Media.MEDIA ? ",\"media\":\"media\"" : ",\"media\":\"data\"");
    if (terms.label() != null) {
      text.ascii(",\"label\":").quoted(terms.label());
    }
    if (terms.metadata() != null) {
      text.ascii(",\"metadata\":").utf8(terms.metadata());
    }
    return Bytes.utf8(text.ascii("}").toString());
  }

  private void ringsTooLong(Guest guest) {
    switch (guest.state()) {
      case RINGING -> {
        if (guests.contains(guest)) {
          client.accept(new InvitationEvent.Cancelled(guest.handle()));
          turnAway(guest, Cause.EXPIRED);
        }
      }
      // It may yet come to nothing.
      case JOINING -> {
        var unused = connection.after(LOOK_AGAIN, () -> ringsTooLong(guest));
      }
      case PRESENT -> {}
    }
  }

  private Reception answered(ForeignSignal signal, Content.Answer answer) {
    Guest guest = signal.conversation() == null
        ? latest(of(signal.from()).and(Guest::isCalling))
        : first(of(signal));
    if (guest == null || !guest.isCalling()) {
      return Reception.DROPPED;
    }
    guest.isAnswered(answer.sdp().sessionId());
    tell(guest, answer);
    guest.takeIncoming().forEach(held -> tell(guest, held.content()));
    return Reception.TAKEN;
  }

  private Reception heard(ForeignSignal signal) {
    Guest guest = current(signal);
    if (guest == null || !guest.hasBegun()) {
      return Reception.DROPPED;
    }
    if (guest.state() != State.PRESENT || !guest.isDescribed()) {
      return keep(guest, signal) ? Reception.TAKEN : Reception.DROPPED;
    }
    tell(guest, signal.content());
    return Reception.TAKEN;
  }

  /** Without a key it belongs to what the peer began, or else to the latest. */
  private @Nullable Guest current(ForeignSignal signal) {
    if (signal.conversation() != null) {
      return first(of(signal));
    }
    Guest keyless = latest(of(signal.from()).and(guest -> guest.key() == null && guest.hasBegun()));
    return keyless == null ? latest(of(signal.from())) : keyless;
  }

  /** What rtc-lib has a meaning for cannot be said as something else. */
  private Reception told(ForeignSignal signal, Content.Custom custom) {
    Guest guest = latest(of(signal.from()).and(each -> each.state() == State.PRESENT));
    if (guest == null) {
      return Reception.REJECTED;
    }
    if (SignalingEvents.isReserved(custom.name())) {
      return Reception.UNTRANSLATABLE;
    }
    tell(guest, custom);
    return Reception.TAKEN;
  }

  private Reception ended(ForeignSignal signal) {
    List<Guest> over = all(
        signal.conversation() == null ? of(signal.from()) : of(signal));
    over.forEach(this::end);
    return over.isEmpty() ? Reception.DROPPED : Reception.TAKEN;
  }

  /** A peer is not there any more. */
  void departed(PeerAddress peer) {
    all(of(peer)).forEach(this::end);
  }

  /** Something that the user said has reached nobody. */
  void undelivered(Undelivered undelivered) {
    Guest guest = first(of(undelivered.to()).and(
        each -> undelivered.reference() != 0 && each.awaits(undelivered.reference())));
    if (guest == null) {
      return;
    }
    if (guest.isCalling() && guest.isDescribed()) {
      guest.isRefused();
    } else {
      end(guest);
    }
  }

  // ---- beginning and end

  private void add(Guest guest) {
    guests.add(guest);
    switchboard.watch(guest.peer());
  }

  /** A guest is gone, or hangs up: the user is told. */
  private void end(Guest guest) {
    switch (guest.state()) {
      case RINGING -> {
        remove(guest);
        client.accept(new InvitationEvent.Cancelled(guest.handle()));
      }
      case JOINING -> guest.leavesEarly();
      case PRESENT -> {
        remove(guest);
        client.accept(new PeerNews(guest.room(), new PeerChange.Removed(guest.id())));
      }
    }
  }

  /** The user does not answer a guest's offer, who is told why. */
  private void turnAway(Guest guest, Cause cause) {
    Signal offer = guest.unanswered();
    remove(guest);
    if (offer != null) {
      switchboard.refuse(offer, cause);
    }
  }

  private void remove(Guest guest) {
    guests.remove(guest);
    dropAll(guest.takeIncoming());
    guest.takeOutgoing().forEach(
        held -> switchboard.drop(held.signal().header(), guest.dialect()));
    if (guests.stream().noneMatch(of(guest.peer()))) {
      switchboard.unwatch(guest.peer());
    }
  }

  /** What had to wait and is not wanted any more; the offer is answered for elsewhere. */
  private void dropAll(List<Held> held) {
    for (Held each : held) {
      if (each.signal().kind() != SignalKind.OFFER) {
        switchboard.drop(each.signal(), CallingDialect.NAME);
      }
    }
  }

  /** The user is gone: who waits for its answer is told. */
  void end() {
    for (Guest each : List.copyOf(guests)) {
      Signal offer = each.unanswered();
      remove(each);
      if (offer != null) {
        switchboard.refuse(offer, Cause.GONE);
      }
    }
  }

  // ---- the user is told

  private static boolean keep(Guest guest, ForeignSignal signal) {
    return guest.keepIncoming(new Held(signal.signal(), signal.content()));
  }

  private void tell(Guest guest, Content content) {
    Said said = switch (content) {
      case Content.Offer(Sdp sdp, Terms terms) -> SignalingWriter.offer(guest.room(), guest.id(),
          sdp, Descriptors.ofOffer(sdp, terms, options.channelLabel()));
      case Content.Answer(Sdp sdp, Terms terms) -> SignalingWriter.answer(guest.room(), guest.id(),
          sdp, Descriptors.ofAnswer(sdp, terms, guest.offeredChannels()));
      case Content.Candidate candidate -> SignalingWriter.candidate(
          guest.room(), guest.id(), candidate);
      case Content.EndOfCandidates end -> SignalingWriter.endOfCandidates(
          guest.room(), guest.id());
      case Content.Custom custom -> SignalingWriter.custom(guest.room(), guest.id(), custom);
      case Content.Bye bye -> throw unsayable(bye);
      case Content.Renegotiation request -> throw unsayable(request);
    };
    client.accept(said);
  }

  private static IllegalArgumentException unsayable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " is no event of a room");
  }
}
