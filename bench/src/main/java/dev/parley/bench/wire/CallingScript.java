package dev.parley.bench.wire;

import dev.parley.bench.wire.WireEnd.Heard;
import dev.parley.bench.wire.WireEnd.Replies;
import io.netty.buffer.ByteBuf;

/** Two users of calling-signaling in one room, who offer each other a connection. */
public final class CallingScript implements WireScript {

  private static final int JOIN = 0;
  private static final int OFFER = 1;

  @Override
  public WireEnd end(Party self, Party partner) {
    // Their initial names differ in the last letter.
    String room = self.name().substring(0, self.name().length() - 1);
    return new Member(new Talk(new Joining(self, partner, room)));
  }

  private record Joining(Party self, Party partner, String room) implements Talk.Beginning {

    @Override
    public String target() {
      return CallingMessage.TARGET;
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (CallingMessage.greets(self, message)) {
        replies.text(CallingMessage.join(JOIN, room, "{}"));
        return Heard.NOTHING;
      }
      if (message.startsWith(CallingMessage.answerWithData(JOIN))) {
        return message.contains(partner.name()) ? Heard.READY : Heard.KNOWN;
      }
      return CallingMessage.hasJoined(partner.name(), message) ? Heard.READY : Heard.ALTERED;
    }

    @Override
    public String sent() {
      return CallingMessage.sent(OFFER, room, partner.name());
    }

    @Override
    public String received() {
      return CallingMessage.received(room, partner.name());
    }
  }

  /** Gets an answer to each of its signals. */
  private static final class Member implements WireEnd {

    private final Talk talk;
    private final CallingAnswers answers = CallingAnswers.withoutData(OFFER);

    Member(Talk talk) {
      this.talk = talk;
    }

    @Override
    public String target() {
      return talk.target();
    }

    @Override
    public Heard hear(byte[] bytes, int from, int to, Replies replies) {
      return answers.takes(bytes, from, to) ? Heard.NOTHING : talk.hear(bytes, from, to, replies);
    }

    @Override
    public SignalMarks last() {
      return talk.last();
    }

    @Override
    public void write(long number, long nanos, ByteBuf to) {
      answers.expectOne();
      talk.write(number, nanos, to);
    }

    @Override
    public long unanswered() {
      return answers.open();
    }
  }
}
