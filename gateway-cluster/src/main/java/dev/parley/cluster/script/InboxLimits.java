package dev.parley.cluster.script;

import dev.parley.config.ByteSize;

/**
 * Bounds of a node's inbox in Redis. A signal above a bound is refused to its sender. A node whose
 * inbox reaches twice a bound, all entries included, is evicted.
 *
 * @param entries the most entries
 * @param bytes the most bytes
 */
public record InboxLimits(int entries, ByteSize bytes) {

  /** 20,000 entries and 64 MiB. */
  public static final InboxLimits DEFAULT = new InboxLimits(20_000, ByteSize.ofMiB(64));
}
