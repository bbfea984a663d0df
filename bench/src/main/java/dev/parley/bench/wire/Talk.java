package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client whose protocol has an exchange of messages before signals flow. One thread. */
final class Talk implements WireEnd {

  private final Beginning beginning;
  private @Nullable SignalWriter writer;
  private @Nullable SignalReader reader;

  /** The exchange before signals flow. */
  interface Beginning {

    /** See {@link WireEnd#target}. */
    String target();

    /** The connection is open. */
    default void opened(Replies replies) {}

    /**
     * A message came before signals flow.
     *
     * @return {@link Heard#READY} if they do from now on
     */
    Heard hear(String message, Replies replies);

    /** A signal to the partner, see {@link SignalText}. Asked once, when they flow. */
    String sent();

    /** A signal from the partner. Asked once, when they flow. */
    String received();
  }

  Talk(Beginning beginning) {
    this.beginning = beginning;
  }

  @Override
  public String target() {
    return beginning.target();
  }

  @Override
  public void opened(Replies replies) {
    beginning.opened(replies);
  }

  @Override
  public Heard hear(byte[] bytes, int from, int to, Replies replies) {
    SignalReader signals = reader;
    if (signals != null) {
      return signals.reads(bytes, from, to) ? Heard.SIGNAL : Heard.ALTERED;
    }
    Heard heard =
        beginning.hear(new String(bytes, from, to - from, StandardCharsets.UTF_8), replies);
    if (heard == Heard.READY) {
      writer = new SignalWriter(SignalText.of(beginning.sent()), beginning.target().hashCode());
      reader = new SignalReader(SignalText.of(beginning.received()));
    }
    return heard;
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
    SignalWriter signals = writer;
    if (signals == null) {
      throw new IllegalStateException("not ready");
    }
    signals.write(number, nanos, to);
  }
}
