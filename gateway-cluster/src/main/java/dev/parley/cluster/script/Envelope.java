package dev.parley.cluster.script;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a signal in Redis.
 *
 * <pre>
 * text    the sender's address     } what scripts read, in every version
 * label   see {@link Label}        }
 * byte    version: 2
 * text    the recipient's address
 * name    the dialect's name for the message, which may be nearly as long as the message itself
 * 8 bytes reference
 * text    conversation, with the length FFFF for none
 * text    detour, empty for none
 * rest    payload
 * </pre>
 *
 * A text is two bytes of length, big-endian, and UTF-8; a label has one byte of length, a name
 * four.
 */
public final class Envelope {

  private static final byte VERSION = 2;
  private static final int NONE = 0xFFFF;
  private static final int MAX = 0xFFFE;

  private Envelope() {}

  /** A decoded envelope. */
  public sealed interface Content {

    /**
     * A signal.
     *
     * @param remoteSend the mark passed to {@link #seal}
     */
    record Letter(Signal signal, String remoteSend) implements Content {}

    /** Malformed, or of another version. */
    record Unreadable(String why) implements Content {}
  }

  /**
   * Encodes a signal. Thread-safe.
   *
   * @param remoteSend lets the sending node recognize its own signal; empty if it need not
   * @throws IllegalArgumentException if an address or a key is longer than 65534 bytes
   */
  public static byte[] seal(Signal signal, String remoteSend) {
    byte[] from = text(signal.from().toString());
    byte[] label = text(Label.of(signal).toString());
    byte[] to = text(signal.to().toString());
    byte[] name = signal.name().getBytes(StandardCharsets.UTF_8);
    byte @Nullable [] conversation =
        signal.conversation() == null ? null : text(signal.conversation());
    byte[] tag = text(remoteSend);
    Bytes payload = signal.payload();
    int size =
        from.length + label.length + to.length + name.length + tag.length + payload.length()
            + (conversation == null ? 0 : conversation.length) + 4 * 2 + 4 + 1 + 1 + 8;
    ByteBuffer out = ByteBuffer.allocate(size);
    put(out, from);
    out.put((byte) label.length).put(label);
    out.put(VERSION);
    put(out, to);
    out.putInt(name.length).put(name);
    out.putLong(signal.reference());
    if (conversation == null) {
      out.putShort((short) NONE);
    } else {
      put(out, conversation);
    }
    put(out, tag);
    out.put(payload.array(), payload.offset(), payload.length());
    return out.array();
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX) {
      throw new IllegalArgumentException("a text of " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static void put(ByteBuffer out, byte[] text) {
    out.putShort((short) text.length).put(text);
  }

  /** Decodes what {@link #seal} returned. The payload is a view of {@code bytes}. Thread-safe. */
  public static Content open(byte[] bytes) {
    try {
      Reader in = new Reader(bytes);
      PeerAddress from = in.address();
      String label = in.text(in.number(1));
      int version = in.number(1);
      if (version != VERSION) {
        return new Content.Unreadable("version " + version);
      }
      Optional<Label> known = Label.parse(label);
      return known.isEmpty()
          ? new Content.Unreadable("unknown kind")
          : letter(in, from, known.get());
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      return new Content.Unreadable("broken: " + broken.getMessage());
    }
  }

  private static Content.Letter letter(Reader in, PeerAddress from, Label label) {
    PeerAddress to = in.address();
    String name = in.text(in.number(4));
    long reference = in.reference();
    int length = in.number(2);
    String conversation = length == NONE ? null : in.text(length);
    String remoteSend = in.text(in.number(2));
    return new Content.Letter(
        new Signal(
            label.kind(), from, to, label.dialect(), name, in.rest(), reference, conversation),
        remoteSend);
  }

  /** Reads the parts in order. */
  private static final class Reader {

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /** A number of so many bytes, big-endian. */
    int number(int size) {
      int number = 0;
      for (int i = 0; i < size; i++) {
        number = number << 8 | Byte.toUnsignedInt(bytes[at++]);
      }
      return number;
    }

    long reference() {
      return Integer.toUnsignedLong(number(4)) << 32 | Integer.toUnsignedLong(number(4));
    }

    String text(int length) {
      Objects.checkFromIndexSize(at, length, bytes.length);
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    PeerAddress address() {
      return Addresses.parse(text(number(2)));
    }

    Bytes rest() {
      return new Bytes(bytes, at, bytes.length - at);
    }
  }
}
