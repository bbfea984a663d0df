package dev.parley.cluster;

import dev.parley.config.ByteSize;

/**
 * How much the lane takes.
 *
 * @param orders how many may wait; more are refused
 * @param bytes how many bytes may wait
 * @param ordersPerBatch how many go in one call
 * @param bytesPerBatch how many bytes go in one call, if there is more than one order
 */
record LaneLimits(int orders, ByteSize bytes, int ordersPerBatch, ByteSize bytesPerBatch) {

  /** 50,000 orders and 64 MiB; 256 orders and 512 KiB in a call. */
  static final LaneLimits DEFAULT =
      new LaneLimits(50_000, ByteSize.ofMiB(64), 256, ByteSize.ofKiB(512));
}
