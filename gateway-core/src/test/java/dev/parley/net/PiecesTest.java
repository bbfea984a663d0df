package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Rate;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The small parts, each by itself. */
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
  class AnAllowance {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void givenABurst_whenItIsUsedUp_thenTheWaitIsWhatWasTakenTooMuch() {
      Allowance allowance = new Allowance(new Rate(10), 3, 0);

      assertThat(allowance.take(0)).isZero();
      assertThat(allowance.take(0)).isZero();
      assertThat(allowance.take(0)).isZero();
      assertThat(allowance.take(0)).isEqualTo(100 * MILLISECOND);
      assertThat(allowance.take(0)).isEqualTo(200 * MILLISECOND);
    }

    @Test
    void givenTimeThatPasses_whenTaken_thenItIsFilledUpToTheBurst() {
      Allowance allowance = new Allowance(new Rate(10), 2, 0);
      allowance.take(0);
      allowance.take(0);

      assertThat(allowance.take(100 * MILLISECOND)).isZero();
      assertThat(allowance.take(100_000 * MILLISECOND)).isZero();
      assertThat(allowance.take(100_000 * MILLISECOND)).isZero();
      assertThat(allowance.take(100_000 * MILLISECOND)).isPositive();
    }

    @Test
    void givenNoRate_whenTaken_thenNobodyWaits() {
      Allowance allowance = new Allowance(Rate.OFF, 1, 0);

      allowance.take(0);
      assertThat(allowance.take(0)).isZero();
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
