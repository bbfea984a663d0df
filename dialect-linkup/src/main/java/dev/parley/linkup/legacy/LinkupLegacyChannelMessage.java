package dev.parley.linkup.legacy;

import dev.parley.signal.Bytes;

/** What brokers say to each other. Ids are any text; those that came as a number, as its digits. */
sealed interface LinkupLegacyChannelMessage {

  /**
   * Who knows a peer?
   *
   * @param id the peer's id
   * @param asked the id as it was written, JSON, for the answer
   */
  record Find(String id, Bytes asked) implements LinkupLegacyChannelMessage {}

  /**
   * The answer.
   *
   * @param id the peer's id
   * @param found whether whoever answers knows it; the early brokers leave this out, and mean yes
   */
  record Found(String id, boolean found) implements LinkupLegacyChannelMessage {}

  /**
   * A signal for whoever has the recipient.
   *
   * @param signal any JSON value
   */
  record Signal(String from, String to, Bytes signal) implements LinkupLegacyChannelMessage {}

  /** Anything else, which is nobody's business here. */
  record Other() implements LinkupLegacyChannelMessage {}
}
