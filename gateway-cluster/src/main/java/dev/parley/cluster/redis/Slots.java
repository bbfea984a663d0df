package dev.parley.cluster.redis;

import java.nio.charset.StandardCharsets;

/** Hash slots of a Redis Cluster. */
public final class Slots {

  private static final int COUNT = 16_384;
  private static final int POLYNOMIAL = 0x1021;

  private Slots() {}

  /** The slot of all keys with this text between the first braces: its CRC-16/XMODEM. */
  public static int of(String hashTag) {
    int crc = 0;
    for (byte each : hashTag.getBytes(StandardCharsets.UTF_8)) {
      crc ^= Byte.toUnsignedInt(each) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
    }
    return (crc & 0xFFFF) % COUNT;
  }
}
