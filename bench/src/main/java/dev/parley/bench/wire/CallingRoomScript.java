package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Users of calling-signaling in rooms of some size. Half of a room's members, the hosts, stay; the
 * others, their guests, leave and join again. A join of a guest is its signal: the host, and all
 * others in the room, receive the status of the guest, which has the marks.
 */
public final class CallingRoomScript {

  private static final int LEAVE = 1;
  private static final int JOIN = 2;

  /** Initial names of clients: a common prefix, their pair, and which end. */
  private static final Pattern NAME = Pattern.compile("(.*?)(\\d+)[ab]");

  private final int members;

  /**
   * Rooms of one size.
   *
   * @param members how many are in a room, an even number
   */
  public CallingRoomScript(int members) {
    this.members = members;
  }

  /** A host, the first end of a pair. */
  public WireEnd host(Party self, Party partner) {
    return new Host(self, partner, room(self));
  }

  /** Its guest, the second end. */
  public WireEnd guest(Party self, Party partner) {
    return new Guest(self, room(self));
  }

  private String room(Party client) {
    Matcher name = NAME.matcher(client.name());
    return name.matches()
        ? name.group(1) + Integer.parseInt(name.group(2)) / (members / 2)
        : client.name();
  }

  private static String joinWithMarks(String room) {
    return CallingMessage.join(JOIN, room,
        "{\"marks\":\"" + SessionDescription.LABEL + "0".repeat(SignalMarks.LENGTH) + "\"}");
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static final class Host implements WireEnd {

    private final Party self;
    private final Party guest;
    private final String room;
    private @Nullable SignalReader reader;

    Host(Party self, Party guest, String room) {
      this.self = self;
      this.guest = guest;
      this.room = room;
    }

    @Override
    public String target() {
      return CallingMessage.TARGET;
    }

    @Override
    public boolean speaks() {
      return false;
    }

    @Override
    public Heard hear(byte[] bytes, int from, int to, Replies replies) {
      SignalReader signals = reader;
      if (signals == null) {
        return begin(text(bytes, from, to), replies);
      }
      if (signals.reads(bytes, from, to)) {
        return Heard.SIGNAL;
      }
      return CallingMessage.isAboutMembers(bytes, from, to) ? Heard.NOTHING : Heard.ALTERED;
    }

    private Heard begin(String message, Replies replies) {
      if (CallingMessage.greets(self, message)) {
        replies.text(CallingMessage.join(JOIN, room, "{}"));
        return Heard.NOTHING;
      }
      if (message.startsWith(CallingMessage.answerWithData(JOIN))) {
        return Heard.KNOWN;
      }
      if (CallingMessage.hasJoined(guest.name(), message)) {
        // Servers differ in the order of what they say, not from one time to the other.
        reader = new SignalReader(SignalText.of(message));
        return Heard.READY;
      }
      return message.startsWith("{\"type\":\"room_peer_") ? Heard.NOTHING : Heard.ALTERED;
    }

    @Override
    public SignalMarks last() {
      SignalReader signals = reader;
      if (signals == null) {
        throw new IllegalStateException("no signal was heard");
      }
      return signals.marks();
    }

    @Override
    public void write(long number, long nanos, ByteBuf to) {
      throw new IllegalStateException("a host has nothing to say");
    }
  }

  private static final class Guest implements WireEnd {

    private final Party self;
    private final String room;
    private final MaskedFrame leave;
    private final SignalWriter join;
    private final CallingAnswers left = CallingAnswers.withoutData(LEAVE);
    private final CallingAnswers joined = CallingAnswers.withData(JOIN);

    Guest(Party self, String room) {
      this.self = self;
      this.room = room;
      this.leave = MaskedFrame.text(CallingMessage.leave(LEAVE, room));
      this.join = new SignalWriter(SignalText.of(joinWithMarks(room)), room.hashCode());
    }

    @Override
    public String target() {
      return CallingMessage.TARGET;
    }

    @Override
    public Heard hear(byte[] bytes, int from, int to, Replies replies) {
      if (CallingMessage.isAboutMembers(bytes, from, to) || left.takes(bytes, from, to)
          || joined.takes(bytes, from, to)) {
        return Heard.NOTHING;
      }
      String message = text(bytes, from, to);
      if (CallingMessage.greets(self, message)) {
        replies.text(joinWithMarks(room));
        return Heard.NOTHING;
      }
      return message.startsWith(CallingMessage.answerWithData(JOIN)) ? Heard.READY : Heard.ALTERED;
    }

    @Override
    public SignalMarks last() {
      throw new IllegalStateException("a host has nothing to say");
    }

    @Override
    public void write(long number, long nanos, ByteBuf to) {
      left.expectOne();
      leave.writeTo(to);
      joined.expectOne();
      join.write(number, nanos, to);
    }

    @Override
    public long unanswered() {
      return left.open() + joined.open();
    }
  }
}
