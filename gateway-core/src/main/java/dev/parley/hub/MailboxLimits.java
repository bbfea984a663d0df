package dev.parley.hub;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.signal.Signal;

/**
 * Bounds of mailboxes, which hold signals for absent peers. At a bound the signal is refused to its
 * sender, in its dialect's way.
 *
 * @param signalsPerPeer signals waiting for one absent peer
 * @param bytesPerPeer bytes waiting for one absent peer
 * @param signalsPerSender signals of one sender waiting anywhere
 * @param bytesPerSender bytes of one sender waiting anywhere
 * @param bytesInAll bytes waiting on this node
 */
public record MailboxLimits(
    int signalsPerPeer,
    ByteSize bytesPerPeer,
    int signalsPerSender,
    ByteSize bytesPerSender,
    ByteSize bytesInAll) {
  /** 500 signals and 512 KiB a peer, 2000 signals and 4 MiB a sender, 64 MiB in all. */
  public static final MailboxLimits DEFAULT =
      new MailboxLimits(500, ByteSize.ofKiB(512), 2000, ByteSize.ofMiB(4), ByteSize.ofMiB(64));

  /**
   * The overhead of a mailbox, its table entries, and the accounts of its sender, in bytes.
   * Measured in the worst case, one mailbox and one sender for each signal: 350 in memory, 700 in
   * Redis.
   */
  private static final int MAILBOX = 512;

  /** The bytes that a signal counts for in a mailbox. */
  public static int weightOf(Signal signal) {
    return MAILBOX + signal.weight();
  }

  /** Rejects bounds that hold nothing, and contradictory ones. */
  public MailboxLimits {
    atLeastOne("signalsPerPeer", signalsPerPeer);
    atLeastOne("signalsPerSender", signalsPerSender);
    if (bytesInAll.compareTo(bytesPerPeer) < 0) {
      throw new ConfigurationException(
          "bytesInAll", bytesInAll.toString(), "at least bytesPerPeer, " + bytesPerPeer);
    }
    if (bytesInAll.compareTo(bytesPerSender) < 0) {
      throw new ConfigurationException(
          "bytesInAll", bytesInAll.toString(), "at least bytesPerSender, " + bytesPerSender);
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new ConfigurationException(key, Integer.toString(value), "a whole number from 1");
    }
  }
}
