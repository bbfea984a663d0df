package dev.parley.cluster.script;

import dev.parley.config.ByteSize;

/**
 * How much may wait in Redis for one node. A signal that meets a bound is refused to its sender; a
 * node that lets twice as much come together, all told, is taken for dead.
 *
 * @param entries how many entries
 * @param bytes how many bytes
 */
public record InboxLimits(int entries, ByteSize bytes) {

  /** 20,000 entries and 64 MiB. */
  public static final InboxLimits DEFAULT = new InboxLimits(20_000, ByteSize.ofMiB(64));
}
