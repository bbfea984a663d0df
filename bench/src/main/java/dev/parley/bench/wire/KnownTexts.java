package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A client that knows every text beforehand: those with which it introduces itself, the one that
 * welcomes it, and the signals.
 */
final class KnownTexts implements WireEnd {

  private final String target;
  private final List<String> introduction;
  private final byte[] welcome;
  private final SignalWriter writer;
  private final SignalReader reader;

  /**
   * What the texts of a client are.
   *
   * @param target of its request
   * @param introduction what it sends when it is connected
   * @param welcome the whole message after which it is ready
   * @param sent a signal to its partner, see {@link SignalText}
   * @param received a signal from its partner
   */
  record Texts(
      String target, List<String> introduction, String welcome, String sent, String received) {}

  KnownTexts(Texts texts) {
    this.target = texts.target;
    this.introduction = texts.introduction;
    this.welcome = texts.welcome.getBytes(StandardCharsets.US_ASCII);
    this.writer = new SignalWriter(SignalText.of(texts.sent), target.hashCode());
    this.reader = new SignalReader(SignalText.of(texts.received));
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public void opened(Replies replies) {
    introduction.forEach(replies::text);
  }

  @Override
  public Heard hear(byte[] bytes, int from, int to, Replies replies) {
    if (reader.reads(bytes, from, to)) {
      return Heard.SIGNAL;
    }
    return Arrays.equals(bytes, from, to, welcome, 0, welcome.length) ? Heard.READY : Heard.ALTERED;
  }

  @Override
  public SignalMarks last() {
    return reader.marks();
  }

  @Override
  public void write(long number, long nanos, ByteBuf to) {
    writer.write(number, nanos, to);
  }
}
