package dev.parley.peerjs;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The text of a JSON number as JavaScript has it: a page that calls {@code peer.connect(77)} means
 * the peer {@code 77}.
 */
final class PeerJsNumberText {

  /** Longer numbers are no ids. */
  private static final int MAX_LENGTH = 64;

  /** From here on JavaScript writes an exponent. */
  private static final double LARGE = 1e21;

  private static final double SMALL = 1e-6;

  private PeerJsNumberText() {}

  /**
   * The text of a number.
   *
   * @param json the number as it stands in JSON
   * @return null if it is too long, or so large or small that its text has an exponent
   */
  static @Nullable String of(String json) {
    if (json.length() > MAX_LENGTH) {
      return null;
    }
    double number = Double.parseDouble(json);
    if (number == 0) {
      return "0";
    }
    double size = Math.abs(number);
    return size >= SMALL && size < LARGE
        ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
        : null;
  }
}
