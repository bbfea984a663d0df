package dev.parley.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/**
 * Encodes and decodes frames on the client's side: outgoing frames are masked, incoming ones must
 * not be.
 */
final class FrameCodec {

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int MEDIUM = 126;
  private static final int LONG = 127;
  private static final int MASK_LENGTH = 4;

  private FrameCodec() {}

  static byte[] masked(Frame frame, Random random) {
    byte[] mask = new byte[MASK_LENGTH];
    random.nextBytes(mask);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte((frame.fin() ? FIN : 0) | frame.opcode().bits());
      int length = frame.payload().length;
      if (length < MEDIUM) {
        out.writeByte(MASKED | length);
      } else if (length <= 0xFFFF) {
        out.writeByte(MASKED | MEDIUM);
        out.writeShort(length);
      } else {
        out.writeByte(MASKED | LONG);
        out.writeLong(length);
      }
      out.write(mask);
      for (int i = 0; i < length; i++) {
        out.writeByte(frame.payload()[i] ^ mask[i % MASK_LENGTH]);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads one frame.
   *
   * @throws IOException if the connection ends or the input is no valid frame of a server
   */
  static Frame read(DataInputStream in) throws IOException {
    int head = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((head & 0x70) != 0 || (second & MASKED) != 0) {
      throw new IOException("a server's frame has reserved bits or a mask");
    }
    long length =
        switch (second) {
          case MEDIUM -> in.readUnsignedShort();
          case LONG -> in.readLong();
          default -> second;
        };
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(Frame.Opcode.of(head & 0x0F), (head & FIN) != 0, payload);
  }
}
