package dev.parley.peerjs;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an offer of a peer of another dialect says about the packing of its data channel. */
public enum PeerJsOfferSerialization {
  /** What is sent arrives as it is. */
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
