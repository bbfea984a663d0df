package dev.parley.net.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 5, from the side of a server. */
class FrameReaderTest {

  private static final int LIMIT = 100_000;
  private static final int TEXT = 0x81;
  private static final int FIRST_TEXT = 0x01;
  private static final int CONTINUED = 0x00;
  private static final int LAST_CONTINUED = 0x80;
  private static final int PING = 0x89;

  private Heard heard = new Heard();
  private FrameReader reader = new FrameReader(LIMIT);

  @BeforeTry
  void startAfresh() {
    heard = new Heard();
    reader = new FrameReader(LIMIT);
  }

  /** Records what it receives. */
  private static final class Heard implements FrameReader.Receiver {
    final List<String> events = new ArrayList<>();
    int frames;
    int mayTake = Integer.MAX_VALUE;

    @Override
    public void frame(long bytes) {
      frames++;
    }

    @Override
    public boolean takesMore() {
      return frames < mayTake;
    }

    @Override
    public void message(byte[] bytes, boolean binary) {
      events.add((binary ? "binary " : "text ") + Arrays.hashCode(bytes) + " of " + bytes.length);
    }

    @Override
    public void ping(byte[] content) {
      events.add("ping " + new String(content, StandardCharsets.ISO_8859_1));
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
      events.add("violation " + reason);
    }
  }

  private static String text(byte[] bytes) {
    return "text " + Arrays.hashCode(bytes) + " of " + bytes.length;
  }

  private static byte[] masked(int first, byte[] payload) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeByte(first);
    if (payload.length < 126) {
      frame.writeByte(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.writeByte(0x80 | 126).writeShort(payload.length);
    } else {
      frame.writeByte(0x80 | 127).writeLong(payload.length);
    }
    byte[] mask = {(byte) 0x9A, 0x01, (byte) 0xFF, 0x37};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.writeByte(payload[i] ^ mask[i & 3]);
    }
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    return bytes;
  }

  private void read(byte[]... parts) {
    for (byte[] part : parts) {
      reader.read(Unpooled.wrappedBuffer(part), 0, heard);
    }
  }

  /** Text of that many bytes, with some characters of two bytes. */
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      if (i + 1 < length && random.nextInt(1000) == 0) {
        bytes[i++] = (byte) 0xC3;
        bytes[i] = (byte) 0xA4;
      } else {
        bytes[i] = (byte) random.nextInt(0x80);
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 63, 1000})
  void givenTextThatIsNoUtf8_whenRead_thenViolationInOneFrameOrMany(int before) {
    byte[] wrong = Arrays.copyOf(bytes(before), before + 2);
    wrong[before] = (byte) 0xC3;
    wrong[before + 1] = 'x';
    read(masked(TEXT, wrong));
    assertThat(heard.events).containsExactly("violation NOT_UTF8");

    startAfresh();
    read(
        masked(FIRST_TEXT, Arrays.copyOf(wrong, before + 1)),
        masked(LAST_CONTINUED, new byte[] {'x'}));
    assertThat(heard.events).containsExactly("violation NOT_UTF8");
  }

  @Test
  void givenACharacterThatBeginsInOneFrameAndEndsInTheNext_whenRead_thenTheTextIsWhole() {
    byte[] letter = "\u00e4".getBytes(StandardCharsets.UTF_8);
    read(
        masked(FIRST_TEXT, new byte[] {letter[0]}),
        masked(LAST_CONTINUED, new byte[] {letter[1]}));
    assertThat(heard.events).containsExactly(text(letter));
  }

  @Property(tries = 300)
  void givenMessagesInFragmentsWithPingsBetween_whenReadInAnyPieces_thenTheyComeOutWhole(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 70_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4) int fragments,
      @ForAll long seed) {
    Random random = new Random(seed);
    ByteBuf wire = Unpooled.buffer();
    List<String> expected = new ArrayList<>();
    for (int length : lengths) {
      byte[] message = bytes(length);
      int from = 0;
      for (int i = 0; i < fragments; i++) {
        int to = i == fragments - 1 ? length : from + random.nextInt(length - from + 1);
        int opcode = i == 0 ? FIRST_TEXT : CONTINUED;
        int last = i == fragments - 1 ? 0x80 : 0;
        wire.writeBytes(masked(last | opcode, Arrays.copyOfRange(message, from, to)));
        from = to;
        if (i < fragments - 1) {
          wire.writeBytes(masked(PING, new byte[] {'p'}));
          expected.add("ping p");
        }
      }
      expected.add(text(message));
    }

    while (wire.isReadable()) {
      int piece = random.nextInt(10) == 0 ? 1 : 1 + random.nextInt(5_000);
      reader.read(wire.readSlice(Math.min(piece, wire.readableBytes())), 0, heard);
    }

    assertThat(heard.events).isEqualTo(expected);
  }

  @ParameterizedTest(name = "fragments of {0} bytes")
  @ValueSource(ints = {1, 2, 100, 16_384, 16_385})
  void givenAMessageInFragments_whenRead_thenTheBytesThatAreMovedAreLinearInItsLength(int each) {
    int length = 1_000_000;
    reader = new FrameReader(length);
    byte[] message = bytes(length);
    for (int from = 0; from < length; from += each) {
      int to = Math.min(from + each, length);
      int first = (from == 0 ? FIRST_TEXT : CONTINUED) | (to == length ? 0x80 : 0);
      read(masked(first, Arrays.copyOfRange(message, from, to)));
    }

    assertThat(heard.events).containsExactly(text(message));
    assertThat(reader.moved()).isPositive().isLessThan(3L * length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 16_384, 16_385, LIMIT})
  void givenAMessageInOneFrame_whenReadAtOnce_thenNoneOfItsBytesIsMoved(int length) {
    read(masked(TEXT, bytes(length)));

    assertThat(heard.events).containsExactly(text(bytes(length)));
    assertThat(reader.moved()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 65_535, LIMIT})
  void givenAFrameThatAnnouncesMuch_whenLittleOfItComes_thenNoMoreIsKeptThanTwiceThat(int length) {
    ByteBuf wire = Unpooled.wrappedBuffer(masked(TEXT, bytes(length)));
    int before = wire.readableBytes();
    for (int piece = 1; wire.readableBytes() > piece; piece *= 2) {
      reader.read(wire.readSlice(piece), 0, heard);

      assertThat(reader.isAtRest()).isFalse();
      assertThat(reader.held()).isLessThan(2 * (before - wire.readableBytes()) + 64);
    }
    reader.read(wire, 0, heard);

    assertThat(heard.events).containsExactly(text(bytes(length)));
    assertThat(reader.isAtRest()).isTrue();
    assertThat(reader.held()).isZero();
  }

  @Test
  void givenAMessageInManyReads_whenAsked_thenItBeganWithItsFirstByte() {
    ByteBuf wire = Unpooled.wrappedBuffer(masked(FIRST_TEXT, bytes(2)), masked(PING, bytes(1)),
        masked(LAST_CONTINUED, new byte[0]), masked(TEXT, bytes(3)));
    for (int now = 1; wire.isReadable(); now++) {
      reader.read(wire.readSlice(1), now, heard);
      if (now < 21) {
        assertThat(reader.begunAt()).isOne();
      } else if (now > 21) {
        assertThat(reader.begunAt()).isEqualTo(22);
      }
    }
    assertThat(reader.isAtRest()).isTrue();
  }

  @Test
  void givenFramesOfEveryKind_whenRead_thenEachIsReported() {
    read(masked(FIRST_TEXT, new byte[0]), masked(CONTINUED, new byte[0]),
        masked(PING, new byte[0]), masked(0x8A, new byte[0]), masked(CONTINUED, bytes(1)),
        masked(LAST_CONTINUED, new byte[0]), masked(TEXT, bytes(3)));

    assertThat(heard.frames).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void givenAReceiverThatTakesNoMore_whenRead_thenTheRestIsLeftAndReadLater(int taken) {
    ByteBuf wire = Unpooled.wrappedBuffer(masked(FIRST_TEXT, bytes(2)), masked(PING, bytes(1)),
        masked(LAST_CONTINUED, new byte[0]), masked(TEXT, bytes(3)), masked(TEXT, bytes(4)));
    heard.mayTake = taken;

    reader.read(wire, 0, heard);

    assertThat(heard.frames).isEqualTo(taken);
    assertThat(wire.isReadable()).isTrue();
    heard.mayTake = Integer.MAX_VALUE;
    reader.read(wire, 0, heard);
    assertThat(heard.events).containsExactly(
        "ping " + new String(bytes(1), StandardCharsets.ISO_8859_1), text(bytes(2)),
        text(bytes(3)), text(bytes(4)));
  }

  @Property(tries = 500)
  void givenGarbage_whenRead_thenNothingIsThrownAndNothingFollowsAViolation(
      @ForAll byte[] garbage) {
    read(garbage);

    long violations = heard.events.stream().filter(event -> event.startsWith("violation")).count();
    assertThat(violations).isLessThanOrEqualTo(1);
    assertThat(heard.events.stream().dropWhile(event -> !event.startsWith("violation")).skip(1))
        .allMatch(event -> event.startsWith("close"));
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({"0", "1", "125", "126", "127", "65535", "65536", "100000"})
  void givenAMessageOfALengthAtABoundary_whenReadByteByByte_thenItIsWhole(int length) {
    for (byte each : masked(TEXT, bytes(length))) {
      read(new byte[] {each});
    }

    assertThat(heard.events).containsExactly(text(bytes(length)));
  }

  @Test
  void givenAMessageOverTheLimit_whenItsHeaderHasCome_thenItIsTooBig() {
    read(Arrays.copyOf(masked(TEXT, bytes(LIMIT + 1)), 14));

    assertThat(heard.events).containsExactly("violation TOO_BIG");
  }

  @Test
  void givenFragmentsThatAreTooBigTogether_whenTheLastIsAnnounced_thenItIsTooBig() {
    read(masked(FIRST_TEXT, bytes(LIMIT)), masked(LAST_CONTINUED, bytes(1)));

    assertThat(heard.events).containsExactly("violation TOO_BIG");
  }

  @Test
  void givenALengthThatIsNegative_whenRead_thenItIsTooBig() {
    read(new byte[] {(byte) TEXT, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0});

    assertThat(heard.events).containsExactly("violation TOO_BIG");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "reserved bit, 193", "reserved opcode, 131", "continuation of nothing, 128",
    "fragmented ping, 9",
  })
  void givenAFrameThatMayNotCome_whenRead_thenItIsAProtocolError(String what, int first) {
    read(masked(first, new byte[] {1}), masked(TEXT, new byte[] {1}));

    assertThat(heard.events).as(what).containsExactly("violation PROTOCOL_ERROR");
  }

  @Test
  void givenAFrameWithoutMask_whenRead_thenItIsAProtocolError() {
    read(new byte[] {(byte) TEXT, 1, 'x', 0, 0, 0, 0});

    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR");
  }

  @Test
  void givenAMessageInAMessage_whenRead_thenItIsAProtocolError() {
    read(masked(FIRST_TEXT, bytes(3)), masked(TEXT, bytes(3)));

    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR");
  }

  @Test
  void givenAPingThatIsTooLong_whenRead_thenItIsAProtocolError() {
    read(masked(PING, bytes(126)));

    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR");
  }

  @Test
  void givenCloseFrames_whenRead_thenTheirCodesAreTold() {
    read(masked(0x88, new byte[] {0x03, (byte) 0xE8, 'b', 'y', 'e'}), masked(0x88, new byte[0]));

    assertThat(heard.events).containsExactly("close 1000", "close 1005");
  }

  @Test
  void givenAFrameWithoutMask_whenTwoBytesHaveCome_thenItIsAProtocolErrorAtOnce() {
    read(new byte[] {(byte) TEXT}, new byte[] {1});

    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR");
  }

  @ParameterizedTest
  @CsvSource({"0", "999", "1004", "1005", "1006", "1015", "2999", "5000", "65535"})
  void givenACloseCodeThatNobodyMaySend_whenRead_thenItIsAProtocolError(int code) {
    read(masked(0x88, new byte[] {(byte) (code >> 8), (byte) code}));

    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR", "close " + code);
  }

  @ParameterizedTest
  @CsvSource({"1000", "1003", "1007", "1014", "3000", "4999"})
  void givenACloseCodeThatMayBeSent_whenRead_thenItIsTold(int code) {
    read(masked(0x88, new byte[] {(byte) (code >> 8), (byte) code}));

    assertThat(heard.events).containsExactly("close " + code);
  }

  @Test
  void givenACloseReasonThatIsNotUtf8_whenRead_thenThatIsSaid() {
    read(masked(0x88, new byte[] {0x03, (byte) 0xE8, (byte) 0xC0, (byte) 0x80}));

    assertThat(heard.events).containsExactly("violation NOT_UTF8", "close 1000");
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 70 * LIMIT})
  void givenAMessageThatIsTooBig_whenReadOn_thenOnlyTheCloseBehindItIsTold(int length) {
    byte[] big = masked(TEXT, bytes(length));
    for (int from = 0; from < big.length; from += 50_000) {
      read(Arrays.copyOfRange(big, from, Math.min(from + 50_000, big.length)));
    }
    read(masked(TEXT, bytes(3)), masked(FIRST_TEXT, bytes(LIMIT + 1)), masked(PING, bytes(1)),
        masked(LAST_CONTINUED, bytes(0)), masked(0x88, new byte[] {0x03, (byte) 0xF1}));

    assertThat(heard.events).containsExactly("violation TOO_BIG", "close 1009");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 100, 1_000})
  void givenAReaderThatDiscards_whenAMessageIsHalfRead_thenItsRestIsSkipped(int already) {
    byte[] message = masked(TEXT, bytes(2_000));
    read(Arrays.copyOf(message, already));

    reader.discard();
    read(Arrays.copyOfRange(message, already, message.length), masked(PING, bytes(1)),
        masked(0x88, new byte[0]));

    assertThat(heard.events).containsExactly("close 1005");
  }

  @Test
  void givenTextThatIsNotUtf8_whenReadOn_thenTheCloseBehindItIsTold() {
    read(masked(TEXT, new byte[] {(byte) 0xC0, (byte) 0x80}), masked(0x88, new byte[0]));

    assertThat(heard.events).containsExactly("violation NOT_UTF8", "close 1005");
  }

  @Test
  void givenWhatIsNoFrame_whenRead_thenItIsOutOfStepAndACloseIsNotLookedFor() {
    read(new byte[] {(byte) TEXT, 1, 'x', 0, 0, 0, 0}, masked(0x88, new byte[0]));

    assertThat(reader.isInStep()).isFalse();
    assertThat(heard.events).containsExactly("violation PROTOCOL_ERROR");
  }

  @Test
  void givenABinaryMessageAndAPong_whenRead_thenBothAreTold() {
    read(masked(0x82, bytes(20)), masked(0x8A, new byte[0]));

    assertThat(heard.events).containsExactly(text(bytes(20)).replace("text", "binary"), "pong");
  }
}
