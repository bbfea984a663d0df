package dev.parley.bench.relay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Injects faults into some frames of one client, by their place in its stream. */
public final class FaultyLink implements Link {

  private final Fault fault;
  private final Deeds deeds;
  private int frames;
  private @Nullable WebSocketFrame held;

  /** What is done to a frame. */
  public enum Fault {
    /** It is not forwarded. */
    DROP,
    /** It is forwarded twice. */
    DUPLICATE,
    /** It is forwarded after the next one. */
    SWAP,
    /** It is forwarded with one byte changed. */
    ALTER,
    /** Each of these in turn. */
    ALL
  }

  /** What was done by all links of a relay. */
  public static final class Deeds {
    /** Not forwarded, or held back for a next one that never came. */
    public final AtomicLong dropped = new AtomicLong();
    /** Forwarded twice. */
    public final AtomicLong duplicated = new AtomicLong();
    /** Forwarded late. */
    public final AtomicLong swapped = new AtomicLong();
    /** Forwarded with a byte changed. */
    public final AtomicLong altered = new AtomicLong();
  }

  /** A link that keeps a record of what it does. */
  public FaultyLink(Fault fault, Deeds deeds) {
    this.fault = fault;
    this.deeds = deeds;
  }

  @Override
  public void forward(WebSocketFrame frame, ServerWebSocket recipient) {
    int place = frames++;
    WebSocketFrame late = held;
    held = null;
    if (late != null) {
      Link.plain(frame, recipient);
      Link.plain(late, recipient);
      deeds.dropped.decrementAndGet();
      deeds.swapped.incrementAndGet();
    } else if (place % 10 == 5) {
      spoil(frame, recipient, place / 10);
    } else {
      Link.plain(frame, recipient);
    }
  }

  private void spoil(WebSocketFrame frame, ServerWebSocket recipient, int turn) {
    switch (fault == Fault.ALL ? Fault.values()[turn % Fault.ALL.ordinal()] : fault) {
      case DROP -> deeds.dropped.incrementAndGet();
      case DUPLICATE -> {
        Link.plain(frame, recipient);
        Link.plain(frame, recipient);
        deeds.duplicated.incrementAndGet();
      }
      case SWAP -> {
        held = WebSocketFrame.textFrame(frame.textData(), true);
        deeds.dropped.incrementAndGet();
      }
      case ALTER -> {
        Link.plain(altered(frame, turn), recipient);
        deeds.altered.incrementAndGet();
      }
      case ALL -> throw new IllegalStateException();
    }
  }

  /** Another byte each time. */
  private static WebSocketFrame altered(WebSocketFrame frame, int turn) {
    Buffer bytes = frame.binaryData().copy();
    int at = turn * 97 % bytes.length();
    bytes.setByte(at, (byte) (bytes.getByte(at) == '3' ? '4' : '3'));
    return WebSocketFrame.textFrame(bytes.toString(), true);
  }
}
