package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.net.Overload;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OtherLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a connection, on a channel whose clock stands still unless it is advanced. */
class WebSocketConnectionTest {

  private static final int LIMIT = Limits.DEFAULT.message().intBytes();
  private static final int TEXT = 0x81;
  private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

  private static final Limits USUAL = Limits.DEFAULT;

  /** So slow that no test lasts until a second burst. */
  private static final Limits SLOW =
      OtherLimits.with(Map.of("rate", new Rate(1), "burst", 10));

  /** The same for bytes: a burst of 1000. */
  private static final Limits FEW_BYTES =
      OtherLimits.with(
          Map.of("byteRate", new ByteRate(new ByteSize(1)), "byteBurst", new ByteSize(1_000)));

  private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private EmbeddedChannel channel = new EmbeddedChannel();
  private FlushCycle cycle = new FlushCycle(channel.eventLoop(), USUAL, () -> Long.MAX_VALUE,
      new NodeOutput(USUAL, metrics));
  private WebSocketConnection connection = connection(USUAL);

  private WebSocketConnection connection(Limits limits) {
    channel.freezeTime();
    metrics = new SimpleMeterRegistry();
    cycle = new FlushCycle(channel.eventLoop(), limits, () -> Long.MAX_VALUE,
        new NodeOutput(limits, metrics));
    WebSocketConnection made =
        new WebSocketConnection(
            new WebSocketConnection.Client(1, "test", "192.0.2.1"),
            new ConnectionSupport(limits, CloseWords::of, new ConnectionMetrics(metrics, "test"),
                new HandshakeMetrics(metrics)),
            cycle);
    channel.pipeline().addLast(made);
    return made;
  }

  private void isLimitedTo(Limits limits) {
    channel = new EmbeddedChannel();
    connection = connection(limits);
  }

  /** Frames of one byte each, in one buffer. */
  private static ByteBuf frames(int count, int first, int others) {
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < count; i++) {
      all.writeByte(i == 0 ? first : others).writeByte(0x81).writeInt(0).writeByte('x');
    }
    return all;
  }

  private void comes(ByteBuf bytes) {
    channel.writeInbound(bytes);
    channel.runPendingTasks();
  }

  /** A frame's header, masked with zeros. */
  private static ByteBuf header(int first, long length) {
    return Unpooled.buffer().writeByte(first).writeByte(0xFF).writeLong(length).writeInt(0);
  }

  private static ByteBuf zeros(int length) {
    return Unpooled.buffer().writeZero(length);
  }

  /** The output in hexadecimal. */
  private String written() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.append(ByteBufUtil.hexDump(next));
      next.release();
    }
    return all.toString();
  }

  @Test
  void givenAMessageThatIsTooBig_whenTheClientHasSentItAndAnswersTheClose_thenItIsOverAtOnce() {
    comes(header(TEXT, 3L * LIMIT));
    assertThat(written()).startsWith("88").contains("03f1");
    for (int i = 0; i < 3; i++) {
      comes(zeros(LIMIT));
    }
    assertThat(channel.isOpen()).isTrue();

    comes(Unpooled.wrappedBuffer(CLOSE));

    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = CloseReason.class,
      names = {"RESTART", "SUPERSEDED", "UNAVAILABLE", "TOO_SLOW"})
  void givenAMessageHalfRead_whenTheServerCloses_thenItsRestIsThrownAwayAndTheAnswerIsFound(
      CloseReason reason) {
    comes(header(TEXT, LIMIT));
    comes(zeros(10));
    connection.pauseReading();

    connection.close(reason);
    channel.runPendingTasks();

    assertThat(channel.config().isAutoRead()).isTrue();
    comes(zeros(LIMIT - 10));
    // Too big for a message, and not even UTF-8: irrelevant after the close.
    comes(header(TEXT, 2L * LIMIT));
    comes(Unpooled.buffer().writeBytes(new byte[2 * LIMIT]).setByte(0, 0xFF));
    assertThat(channel.isOpen()).isTrue();
    comes(Unpooled.wrappedBuffer(CLOSE));

    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999})
  void givenACloseWithACodeThatMayNotBeSent_whenItComes_thenItIsAnsweredAndOver(int code) {
    comes(
        Unpooled.buffer().writeByte(0x88).writeByte(0x82).writeInt(0).writeShort(code));

    assertThat(written()).startsWith("88").contains("03ea");
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"messages, 0x81, 0x81", "fragments, 0x01, 0x00", "pings, 0x89, 0x89",
    "pongs, 0x8A, 0x8A"})
  void givenManySmallFrames_whenTheyComeInOnePiece_thenTheyAreReadAtTheRateAndNotClosed(
      String what, String first, String others) {
    isLimitedTo(SLOW);

    comes(frames(1_000, Integer.decode(first), Integer.decode(others)));

    assertThat(channel.config().isAutoRead()).as(what).isFalse();
    // Each ping was answered with three bytes.
    assertThat(written().length()).isLessThan(2 * 3 * 1_000);
    assertThat(channel.isOpen()).isTrue();
    assertThat(connection.isOpen()).isTrue();
  }

  private double throttled(String cause) {
    return metrics.get("parley.connections.throttled").tag("cause", cause).counter().count();
  }

  @Test
  void givenFewLargeFrames_whenTheyComeInOnePiece_thenTheyAreReadAtTheRateOfBytesAndNotClosed() {
    isLimitedTo(FEW_BYTES);
    ByteBuf pings = Unpooled.buffer();
    for (int i = 0; i < 100; i++) {
      pings.writeByte(0x89).writeByte(0x80 + 94).writeInt(0).writeZero(94);
    }

    comes(pings);

    // Ten of 100 bytes each are within the burst, and one more is read to its end.
    assertThat(written().length()).isEqualTo(2 * 11 * 96);
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(connection.isOpen()).isTrue();
    assertThat(throttled("bytes")).isOne();

    channel.advanceTimeBy(100, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();

    assertThat(written().length()).as("one more").isEqualTo(2 * 96);
  }

  @Test
  void givenANodeThatIsOverloaded_whenAClientSendsItsBurst_thenItsFramesCountMore() {
    isLimitedTo(SLOW);
    cycle.weigh(Overload.WEIGHT);

    comes(frames(3, 0x89, 0x89));

    assertThat(written()).as("16 of 10 are taken by two").isEqualTo("8a01788a0178");
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void givenWorkThatAClientHasCaused_whenCharged_thenItsNextFrameWaits() {
    isLimitedTo(FEW_BYTES);
    comes(frames(1, 0x89, 0x89));
    connection.charge(900);
    assertThat(channel.config().isAutoRead()).isTrue();

    connection.charge(100);
    connection.charge(1_000_000_000);

    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(throttled("work")).isOne();
    comes(frames(1, 0x89, 0x89));
    assertThat(written()).isEqualTo("8a0178");
    // A charge during the pause prolongs it.
    channel.advanceTimeBy(1_000_000, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    assertThat(written()).isEmpty();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void givenAClientThatIsClosing_whenCharged_thenItsCloseIsReadAllTheSame() {
    isLimitedTo(FEW_BYTES);
    connection.close(CloseReason.RESTART);
    connection.charge(1_000_000_000);

    comes(Unpooled.wrappedBuffer(CLOSE));

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givenPingsThatWaitForTheRate_whenTimePasses_thenTheyAreAnsweredInOrder() {
    isLimitedTo(SLOW);
    comes(frames(9, 0x8A, 0x8A));
    comes(
        Unpooled.buffer().writeByte(0x89).writeByte(0x81).writeInt(0).writeByte('a')
            .writeBytes(frames(5, 0x8A, 0x8A)));
    assertThat(written()).isEqualTo("8a0161");
    assertThat(channel.config().isAutoRead()).isFalse();

    // Further input, as from a TLS record, waits behind it.
    comes(Unpooled.wrappedBuffer(CLOSE));
    assertThat(channel.isOpen()).isTrue();
    connection.close(CloseReason.RESTART);
    channel.runPendingTasks();

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givenAPause_whenMessagesHaveBeenRead_thenTheyAreHandledWhenItIsOver() {
    connection.pauseReading();
    comes(frames(2, 0x89, 0x89));
    assertThat(written()).isEmpty();
    assertThat(channel.config().isAutoRead()).isFalse();

    connection.resumeReading();
    channel.runPendingTasks();

    assertThat(written()).isEqualTo("8a01788a0178");
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void givenFewerFramesThanTheBurst_whenTheyComeInOnePiece_thenNoneWaits() {
    isLimitedTo(SLOW);

    comes(frames(10, 0x89, 0x89));

    assertThat(written()).isEqualTo("8a0178".repeat(10));
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void givenAClientThatDoesNotAnswerTheClose_whenTheTimeIsUp_thenItIsCutOff() {
    connection.close(CloseReason.RESTART);
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isTrue();

    channel.advanceTimeBy(3, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givenAClientThatSendsOnWithoutEnd_whenItIsTooMuch_thenItIsCutOff() {
    comes(header(TEXT, Long.MAX_VALUE));
    for (int i = 0; i < 63; i++) {
      comes(zeros(LIMIT));
    }
    assertThat(channel.isOpen()).isTrue();

    comes(zeros(LIMIT));

    assertThat(channel.isOpen()).isFalse();
  }
}
