package dev.parley.net.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.net.http.PathPattern;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OtherLimits;
import dev.parley.net.limits.TokenBucket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small classes, each by itself. */
class PiecesTest {

  @Nested
  class APathPattern {

    @Test
    void givenAPlainPath_whenMatched_thenOnlyThatPathFits() {
      PathPattern pattern = PathPattern.parse("/peerjs");

      assertThat(pattern.match("/peerjs")).contains(Map.of());
      assertThat(pattern.match("/peerjs/")).isEmpty();
      assertThat(pattern.match("/PEERJS")).isEmpty();
      assertThat(pattern.match("/x/peerjs")).isEmpty();
    }

    @Test
    void givenASegmentInBraces_whenMatched_thenItsValueIsDecoded() {
      PathPattern pattern = PathPattern.parse("/client/{server}");

      assertThat(pattern.match("/client/a%20b+c")).contains(Map.of("server", "a b+c"));
      assertThat(pattern.match("/client/%zz%20%")).contains(Map.of("server", "%zz %"));
      assertThat(pattern.match("/client/%C3%A9\u00C3\u00A9%FF"))
          .contains(Map.of("server", "\u00E9\u00E9\uFFFD"));
      assertThat(pattern.match("/client/")).isEmpty();
      assertThat(pattern.match("/client/a/b")).isEmpty();
    }
  }

  @Nested
  class AnBucket {

    private static final long MILLISECOND = 1_000_000;

    /** 10 frames and 1000 bytes a second, 3 frames and 500 bytes at once. */
    private static final TokenBucket.Speed SPEED =
        new TokenBucket.Speed(100.0 * MILLISECOND, 300 * MILLISECOND, MILLISECOND,
            500 * MILLISECOND);

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, Long.MIN_VALUE, -1})
    void givenABurst_whenItIsUsedUp_thenTheWaitIsWhatWasTakenTooMuch(long start) {
      TokenBucket bucket = new TokenBucket(SPEED, start);

      assertThat(bucket.takeFrame(1, start)).isZero();
      assertThat(bucket.takeFrame(1, start)).isZero();
      assertThat(bucket.takeFrame(1, start)).isZero();
      assertThat(bucket.takeFrame(1, start)).isEqualTo(100 * MILLISECOND);
      assertThat(bucket.takeFrame(1, start)).isEqualTo(200 * MILLISECOND);
    }

    @Test
    void givenTimeThatPasses_whenTaken_thenItIsFilledUpToTheBurst() {
      TokenBucket bucket = new TokenBucket(SPEED, 0);
      bucket.takeFrame(1, 0);
      bucket.takeFrame(1, 0);
      bucket.takeFrame(1, 0);

      assertThat(bucket.takeFrame(1, 100 * MILLISECOND)).isZero();
      assertThat(bucket.takeFrame(1, 100_000 * MILLISECOND)).isZero();
      assertThat(bucket.takeFrame(1, 100_000 * MILLISECOND)).isZero();
      assertThat(bucket.takeFrame(1, 100_000 * MILLISECOND)).isZero();
      assertThat(bucket.takeFrame(1, 100_000 * MILLISECOND)).isPositive();
    }

    @Test
    void givenBytes_whenTheirBurstIsUsedUp_thenTheWaitIsWhatWasTakenTooMuchWhateverTheFrames() {
      TokenBucket bucket = new TokenBucket(SPEED, 0);
      bucket.takeFrame(1, 0);

      assertThat(bucket.takeBytes(500, 0)).isZero();
      assertThat(bucket.takeBytes(1, 0)).isEqualTo(MILLISECOND);
      assertThat(bucket.takeBytes(2_000, 0)).isEqualTo(2_001 * MILLISECOND);
      assertThat(bucket.takeFrame(1, 0)).isZero();
      assertThat(bucket.pause(1_000 * MILLISECOND)).isEqualTo(1_001 * MILLISECOND);
      assertThat(bucket.pause(2_001 * MILLISECOND)).isZero();
    }

    @Test
    void givenNoRates_whenTaken_thenNoneWaits() {
      Limits off =
          OtherLimits.with(
              Map.of("rate", Rate.OFF, "burst", 1, "byteRate", ByteRate.OFF, "byteBurst",
                  new ByteSize(1)));
      TokenBucket bucket = new TokenBucket(TokenBucket.Speed.of(off), 0);

      bucket.takeFrame(1, 0);
      assertThat(bucket.takeFrame(1, 0)).isZero();
      assertThat(bucket.takeBytes(Long.MAX_VALUE, 0)).isZero();
      assertThat(bucket.pause(0)).isZero();
    }

    @Test
    void givenTheDefaults_whenAClientSendsItsBurst_thenItIsReadWithoutAPause() {
      TokenBucket bucket = new TokenBucket(TokenBucket.Speed.of(Limits.DEFAULT), 0);

      assertThat(bucket.takeBytes(4 << 20, 0)).isZero();
      assertThat(bucket.takeBytes(1 << 20, 0)).isBetween(999_999_000L, 1_000_001_000L);
    }
  }

  @Property(tries = 3000)
  void givenAnyBytes_whenCheckedForUtf8_thenTheJdkAgrees(@ForAll byte[] bytes) {
    assertThat(Utf8.isValid(bytes)).isEqualTo(isUtf8ToTheJdk(bytes));
  }

  @Property(tries = 1000)
  void givenAnyTextWithOneByteChanged_whenCheckedForUtf8_thenTheJdkAgrees(
      @ForAll String text, @ForAll byte change, @ForAll int where) {
    byte[] bytes = ("plain text of some length " + text).getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(where, bytes.length)] = change;

    assertThat(Utf8.isValid(bytes)).isEqualTo(isUtf8ToTheJdk(bytes));
  }

  private static boolean isUtf8ToTheJdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }
}
