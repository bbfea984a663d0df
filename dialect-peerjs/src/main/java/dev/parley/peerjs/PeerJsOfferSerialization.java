package dev.parley.peerjs;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The serialization of a data channel in an offer of a peer of another dialect. */
public enum PeerJsOfferSerialization {
  /** Messages are sent as they are. */
  @JsonProperty("raw") RAW("raw"),
  /** Each message is JSON. */
  @JsonProperty("json") JSON("json");

  private final String word;

  PeerJsOfferSerialization(String word) {
    this.word = word;
  }

  /** The word for it in an offer. */
  String word() {
    return word;
  }
}
