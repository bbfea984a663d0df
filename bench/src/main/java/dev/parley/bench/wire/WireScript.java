package dev.parley.bench.wire;

/**
 * A protocol, as one end of a pair speaks it. All that the load generator knows of a protocol is in
 * its script, and the two ends of a pair may have different ones: another protocol, another role,
 * or a crossing between protocols is one more class.
 */
public interface WireScript {

  /**
   * A new client.
   *
   * @param self how it is called
   * @param partner how the other end of its pair is called
   */
  WireEnd end(Party self, Party partner);
}
