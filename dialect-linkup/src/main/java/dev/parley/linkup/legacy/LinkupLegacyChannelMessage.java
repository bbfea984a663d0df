package dev.parley.linkup.legacy;

import dev.parley.signal.Bytes;

/** What brokers publish. Ids are any text; those that came as a number, its digits. */
sealed interface LinkupLegacyChannelMessage {

  /**
   * A query for a peer.
   *
   * @param id the peer's id
   * @param asked the id as it was written, JSON, for the answer
   */
  record Find(String id, Bytes asked) implements LinkupLegacyChannelMessage {}

  /**
   * An answer to a query.
   *
   * @param id the peer's id
   * @param found whether the answering broker knows it; early brokers omit this, and mean yes
   */
  record Found(String id, boolean found) implements LinkupLegacyChannelMessage {}

  /**
   * A signal to a peer, for the broker that has it.
   *
   * @param signal any JSON value
   */
  record Signal(String from, String to, Bytes signal) implements LinkupLegacyChannelMessage {}

  /** Anything else; ignored. */
  record Other() implements LinkupLegacyChannelMessage {}
}
