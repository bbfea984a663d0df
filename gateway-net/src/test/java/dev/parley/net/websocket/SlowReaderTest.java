package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ByteSize;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OtherLimits;
import dev.parley.signal.Bytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Back-pressure: the output queue of a client, on a channel that takes just what a test lets it
 * take.
 */
class SlowReaderTest {

  /** The unit of bounds and messages. */
  private static final int UNIT = 16 * 1024;
  private static final Limits LIMITS =
      OtherLimits.with(
          Map.of("message", units(32), "outbound", units(64), "outboundInAll",
              units(640), "mailboxes",
              new MailboxLimits(
                  10, units(32), 10, units(32), units(32))));

  private static ByteSize units(int count) {
    return new ByteSize((long) count * UNIT);
  }

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final NodeOutput output = new NodeOutput(LIMITS, metrics);
  private final long start = System.nanoTime();

  /** A connection and its socket. */
  private final class Reader {

    private final SlowChannel channel = new SlowChannel();
    private final FlushCycle cycle =
        new FlushCycle(channel.eventLoop(), LIMITS, () -> Long.MAX_VALUE, output);
    private final WebSocketConnection connection =
        new WebSocketConnection(
            new WebSocketConnection.Client(1, "test", "192.0.2.1"),
            new ConnectionSupport(LIMITS, CloseWords::of, new ConnectionMetrics(metrics, "test"),
                new HandshakeMetrics(metrics)),
            cycle);

    private Reader() {
      channel.freezeTime();
      int bound = LIMITS.outbound().intBytes();
      channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(bound, bound));
      channel.config().setAllocator(channel.memory);
      channel.pipeline().addLast(connection);
    }

    /** Sends within one event-loop run. */
    private void gets(int messages, int size) {
      for (int i = 0; i < messages; i++) {
        put(size);
      }
      channel.runPendingTasks();
    }

    private void put(int size) {
      connection.send(Bytes.utf8("x".repeat(size)), (bytes, out) -> out.utf8(bytes));
    }

    private void isLookedAfter(int second) {
      connection.lookAfter(start + TimeUnit.SECONDS.toNanos(second));
      channel.runPendingTasks();
    }

    private void takes(int bytes) {
      channel.takes += bytes;
      channel.flush();
      channel.runPendingTasks();
    }
  }

  /** Takes as many bytes as it is allowed to, and keeps them. */
  private static final class SlowChannel extends EmbeddedChannel {

    private final Memory memory = new Memory();
    private final ByteBuf taken = Unpooled.buffer();
    private long takes;

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
      while (takes > 0 && in.current() instanceof ByteBuf next) {
        int count = (int) Math.min(takes, next.readableBytes());
        taken.writeBytes(next, next.readerIndex(), count);
        takes -= count;
        in.removeBytes(count);
      }
    }

    /**
     * How many frames of so many bytes of text were written; all output consists of such frames.
     */
    private int frames(int size) {
      int frames = 0;
      while (taken.isReadable()) {
        assertThat(taken.readUnsignedByte()).isEqualTo((short) 0x81);
        int first = taken.readUnsignedByte();
        int length = first < 126 ? first : taken.readUnsignedShort();
        assertThat(length).isEqualTo(size);
        taken.skipBytes(length);
        frames++;
      }
      return frames;
    }
  }

  /** An allocator whose memory a test can exhaust. */
  private static final class Memory extends AbstractByteBufAllocator {

    private final List<ByteBuf> given = new ArrayList<>();
    private boolean isExhausted;

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      failIfExhausted();
      ByteBuf buffer = new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity) {
        @Override
        public ByteBuf capacity(int newCapacity) {
          if (newCapacity > capacity()) {
            failIfExhausted();
          }
          return super.capacity(newCapacity);
        }
      };
      given.add(buffer);
      return buffer;
    }

    private void failIfExhausted() {
      if (isExhausted) {
        throw new OutOfMemoryError("as a test wants it");
      }
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  private double closed(NodeOutput.Cause cause) {
    return metrics.get("parley.output.closed").tag("cause", cause.name().toLowerCase(Locale.ROOT))
        .counter().count();
  }

  private double waiting() {
    return metrics.get("parley.output.waiting").gauge().value();
  }

  // ---- signals of others

  @Test
  void givenAReaderThatTakesNothing_whenHalfOfTheBoundWaits_thenItHasNoRoomUntilItReads() {
    Reader reader = new Reader();
    int accepted = 0;
    while (reader.connection.hasRoom()) {
      reader.gets(1, UNIT);
      accepted++;
    }

    assertThat(accepted).isBetween(28, 33);
    reader.isLookedAfter(100);
    assertThat(reader.connection.isOpen()).as("half of the bound closes no connection").isTrue();
    reader.takes(8 * UNIT);
    assertThat(reader.connection.hasRoom()).isTrue();
  }

  @Test
  void givenAReaderThatTakesAll_whenVeryMuchComesInOneTurn_thenItHasRoomForAll() {
    Reader reader = new Reader();
    reader.channel.takes = Long.MAX_VALUE;

    for (int i = 0; i < 2_000; i++) {
      assertThat(reader.connection.hasRoom()).as("signal %s", i).isTrue();
      reader.put(UNIT);
    }
    reader.channel.runPendingTasks();

    assertThat(reader.channel.frames(UNIT)).isEqualTo(2_000);
    assertThat(waiting()).isZero();
  }

  // ---- closing slow consumers

  @Test
  void givenMoreThanTheBound_whenNothingIsTakenForTheStall_thenItIsClosedAndNotBefore() {
    Reader reader = new Reader();
    reader.gets(80, UNIT);

    for (int second = 1; second <= 9; second++) {
      reader.isLookedAfter(second);
    }
    assertThat(reader.connection.isOpen()).isTrue();
    reader.isLookedAfter(11);

    assertThat(reader.connection.isOpen()).isFalse();
    assertThat(closed(NodeOutput.Cause.STALLED)).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} messages")
  @ValueSource(ints = {1, 8, 200})
  void givenMoreThanTheBound_whenTheReaderTakesALittle_thenItStays(int messages) {
    Reader reader = new Reader();
    // One large answer, some large messages, or many small ones: 200 KiB.
    reader.gets(messages, 200 * UNIT / messages);

    for (int second = 1; second <= 100; second++) {
      reader.takes(1);
      // Later output does not hide that some was read.
      reader.gets(1, 100);
      reader.isLookedAfter(second);
    }

    assertThat(reader.connection.isOpen()).isTrue();
    reader.takes(Integer.MAX_VALUE);
    assertThat(waiting()).isPositive();
    reader.isLookedAfter(101);
    assertThat(waiting()).isZero();
  }

  @Test
  void givenAnAnswerOfManyTimesTheBound_whenMoreIsSaid_thenTheAnswerIsNoReasonToClose() {
    Reader reader = new Reader();
    reader.gets(1, 400 * UNIT);

    reader.gets(200, UNIT);

    assertThat(reader.connection.isOpen()).isTrue();
  }

  @Test
  void givenAReaderThatTakesALittle_whenFourTimesTheBoundWaits_thenItIsClosed() {
    Reader reader = new Reader();
    int sent = 0;
    while (reader.connection.isOpen()) {
      reader.takes(10);
      reader.gets(1, UNIT);
      assertThat(++sent).isLessThan(400);
    }

    assertThat(sent).isGreaterThan(4 * 64 - 60);
    assertThat(closed(NodeOutput.Cause.EXCESS)).isEqualTo(1);
  }

  @Test
  void givenMoreThanTheBound_whenItIsRead_thenNothingMoreIsReadFromTheClientUntilThen() {
    Reader reader = new Reader();

    reader.gets(80, UNIT);
    assertThat(reader.channel.config().isAutoRead()).isFalse();

    reader.takes(81 * UNIT);
    assertThat(reader.channel.config().isAutoRead()).isTrue();
  }

  // ---- the total bound

  @Test
  void givenTooMuchForAll_whenSomeTakeNothing_thenTheseAreCutAndWhoReadsStays() {
    Reader slow = new Reader();
    slow.gets(120, UNIT);
    List<Reader> deaf = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Reader each = new Reader();
      each.gets(100, UNIT);
      deaf.add(each);
    }
    slow.takes(60 * UNIT);
    slow.isLookedAfter(1);
    deaf.forEach(each -> each.isLookedAfter(1));
    assertThat(waiting()).isBetween(400.0 * UNIT, 640.0 * UNIT);

    Reader another = new Reader();
    another.gets(200, UNIT);
    deaf.forEach(each -> each.channel.runPendingTasks());
    another.channel.runPendingTasks();

    assertThat(slow.channel.isOpen()).isTrue();
    assertThat(deaf).anyMatch(each -> !each.channel.isOpen());
    assertThat(waiting()).isLessThan(640.0 * UNIT);
    assertThat(closed(NodeOutput.Cause.IN_ALL)).isBetween(1.0, 2.0);
  }

  @Test
  void givenTooMuchForAll_whenAClientTakesNothing_thenItHasNoRoomAndOthersHave() {
    List<Reader> deaf = new ArrayList<>();
    while (!output.isExceeded()) {
      Reader each = new Reader();
      each.gets(20, UNIT);
      deaf.add(each);
      assertThat(deaf).hasSizeLessThan(100);
    }

    assertThat(deaf.getFirst().connection.hasRoom()).isFalse();
    assertThat(new Reader().connection.hasRoom()).isTrue();
  }

  // ---- exhausted memory

  @Test
  void givenNoMemory_whenAMessageIsSent_thenItFailsAndTheConnectionEndsBehindWholeFrames() {
    Reader reader = new Reader();
    reader.channel.takes = Long.MAX_VALUE;
    reader.put(10 * UNIT);
    reader.put(10 * UNIT);
    reader.channel.memory.isExhausted = true;

    // Into the same batch, which cannot grow, and into the next one.
    for (int size : new int[] {20 * UNIT, 70 * UNIT, 10}) {
      OutOfMemoryError[] failure = new OutOfMemoryError[1];
      try {
        for (int i = 0; i < 100_000 && failure[0] == null; i++) {
          reader.put(size);
        }
      } catch (OutOfMemoryError error) {
        failure[0] = error;
      }
      assertThat(failure[0]).as("%s bytes", size).isNotNull();
    }
    reader.connection.outOfMemory(new OutOfMemoryError());
    reader.channel.runPendingTasks();

    assertThat(reader.channel.isOpen()).isFalse();
    assertThat(closed(NodeOutput.Cause.NO_MEMORY)).isEqualTo(1);
    ByteBuf taken = reader.channel.taken;
    assertThat(taken.readableBytes()).isGreaterThanOrEqualTo(2 * (10 * UNIT + 4));
    assertThat(reader.channel.memory.given).allMatch(each -> each.refCnt() == 0);
  }

  @Test
  void givenNoMemory_whenItCostsAConnection_thenThoseThatHoldMostOfItGiveItBack() {
    Reader deaf = new Reader();
    deaf.gets(30, UNIT);
    deaf.isLookedAfter(1);
    Reader needy = new Reader();

    needy.connection.outOfMemory(new OutOfMemoryError());
    deaf.channel.runPendingTasks();

    assertThat(deaf.channel.isOpen()).isFalse();
    assertThat(waiting()).isZero();
  }

  @Test
  void givenAJvmWithLittleMemory_whenMuchWaits_thenThatIsTheBound() {
    NodeOutput small = new NodeOutput(LIMITS, new SimpleMeterRegistry(), 400 * UNIT);
    PendingOutput pending = new PendingOutput(new Reader().connection, 0, start);

    small.count(pending, 100 * UNIT);
    assertThat(small.isExceeded()).isFalse();
    small.count(pending, 100 * UNIT + 1);
    assertThat(small.isExceeded()).isTrue();
  }

  @Test
  void givenNoMemory_whenTheNextBatchFails_thenWhatWasHandedOverIsWrittenAndReleasedOnce() {
    Reader reader = new Reader();
    reader.channel.takes = Long.MAX_VALUE;
    int sent = 0;
    reader.put(UNIT);
    sent++;
    reader.channel.memory.isExhausted = true;
    assertThatThrownBy(() -> {
      while (true) {
        reader.put(UNIT);
      }
    }).isInstanceOf(OutOfMemoryError.class);

    reader.connection.outOfMemory(new OutOfMemoryError());
    reader.channel.runPendingTasks();

    assertThat(reader.channel.frames(UNIT)).isGreaterThanOrEqualTo(sent);
    assertThat(reader.channel.memory.given).allMatch(each -> each.refCnt() == 0);
  }

  @Test
  void givenNoMemory_whenAConnectionIsClosed_thenItEndsWithoutAWordAndNothingIsThrown() {
    Reader reader = new Reader();
    reader.channel.takes = Long.MAX_VALUE;
    reader.channel.memory.isExhausted = true;

    reader.connection.close(CloseReason.RESTART);
    reader.channel.runPendingTasks();

    assertThat(reader.channel.isOpen()).isFalse();
    assertThat(reader.channel.taken.isReadable()).isFalse();
  }

  @Test
  void givenNoMemory_whenAPingIsAnswered_thenThatCostsTheConnection() {
    Reader reader = new Reader();
    reader.channel.memory.isExhausted = true;

    reader.channel.writeInbound(
        Unpooled.buffer().writeByte(0x89).writeByte(0x81).writeInt(0).writeByte('x'));
    reader.channel.runPendingTasks();

    assertThat(reader.channel.isOpen()).isFalse();
    assertThat(closed(NodeOutput.Cause.NO_MEMORY)).isEqualTo(1);
  }
}
