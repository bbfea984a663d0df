package dev.parley.net.frame;

import dev.parley.dialect.CloseReason;
import dev.parley.fuzz.Check;
import dev.parley.fuzz.Draw;
import dev.parley.net.PlainFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The frame codec: bytes as they are, in one read and in many, against {@link PlainFrames}; and
 * messages that are sent in frames by the rules.
 */
public final class FrameReaderFuzz {

  private static final int LIMIT = 700;

  private FrameReaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Draw draw = new Draw(input);
    if (draw.truth()) {
      sent(draw);
    } else {
      raw(1 + draw.octet(), draw.rest());
    }
  }

  private static void raw(int piece, byte[] bytes) {
    List<String> whole = read(bytes, Math.max(1, bytes.length));
    Check.same(whole, read(bytes, piece));
    Check.same(PlainFrames.read(bytes, LIMIT), upToTheEnd(whole));
  }

  /** Behind a violation or a close, a receiver may get a close. */
  private static List<String> upToTheEnd(List<String> events) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).startsWith("violation") || events.get(i).startsWith("close")) {
        return events.subList(0, i + 1);
      }
    }
    return events;
  }

  private static List<String> read(byte[] bytes, int piece) {
    Heard heard = new Heard();
    FrameReader reader = new FrameReader(LIMIT);
    ByteBuf all = Unpooled.wrappedBuffer(bytes);
    for (int from = 0; from < bytes.length; from += piece) {
      reader.read(all.slice(from, Math.min(piece, bytes.length - from)), 0, heard);
    }
    Check.that(reader.moved() <= 3L * bytes.length, "moved " + reader.moved());
    return heard.events;
  }

  private static void sent(Draw draw) {
    ByteBuf wire = Unpooled.buffer();
    List<String> expected = new ArrayList<>();
    int piece = 1 + draw.octet();
    for (int messages = draw.below(8); messages > 0; messages--) {
      byte[] payload = draw.wellFormed().getBytes(StandardCharsets.UTF_8);
      boolean binary = draw.truth();
      send(payload, binary, draw, wire, expected);
      expected.add((binary ? "binary " : "text ") + HexFormat.of().formatHex(payload));
    }
    byte[] bytes = new byte[wire.readableBytes()];
    wire.readBytes(bytes);
    Check.same(expected, read(bytes, piece));
  }

  /** In some fragments, with pings between them. */
  private static void send(
      byte[] payload, boolean binary, Draw draw, ByteBuf wire, List<String> expected) {
    int opcode = binary ? 2 : 1;
    int from = 0;
    for (int fragments = draw.below(4); fragments > 0; fragments--) {
      int to = Math.min(payload.length, from + draw.octet());
      frame(opcode, Arrays.copyOfRange(payload, from, to), draw, wire);
      opcode = 0;
      from = to;
      if (draw.truth()) {
        byte[] content = Arrays.copyOf(draw.bytes(), 5);
        frame(0x89, content, draw, wire);
        expected.add("ping " + HexFormat.of().formatHex(content));
      }
    }
    frame(0x80 | opcode, Arrays.copyOfRange(payload, from, payload.length), draw, wire);
  }

  private static void frame(int first, byte[] payload, Draw draw, ByteBuf wire) {
    wire.writeByte(first);
    if (payload.length > 125 || draw.below(8) == 0) {
      wire.writeByte(0x80 | 126).writeShort(payload.length);
    } else {
      wire.writeByte(0x80 | payload.length);
    }
    byte[] mask = {(byte) draw.octet(), (byte) draw.octet(), 1, 2};
    wire.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      wire.writeByte(payload[i] ^ mask[i & 3]);
    }
  }

  /** Records every call. */
  private static final class Heard implements FrameReader.Receiver {

    final List<String> events = new ArrayList<>();

    @Override
    public void frame(long bytes) {}

    @Override
    public boolean takesMore() {
      return true;
    }

    @Override
    public void message(byte[] bytes, boolean binary) {
      Check.that(bytes.length <= LIMIT, "longer than allowed");
      events.add((binary ? "binary " : "text ") + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void ping(byte[] content) {
      events.add("ping " + HexFormat.of().formatHex(content));
    }

    @Override
    public void pong() {
      events.add("pong");
    }

    @Override
    public void close(int code) {
      events.add("close " + code);
    }

    @Override
    public void violation(CloseReason reason) {
      Check.that(events.stream().noneMatch(each -> each.startsWith("violation")),
          "one violation alone");
      events.add("violation " + reason);
    }
  }
}
