package dev.parley.signal;

/** The purpose of a WebRTC connection. PeerJS has a kind of connection for each. */
public enum Media {
  /** Data channels only. */
  DATA,
  /** Audio or video, with or without data channels. */
  MEDIA
}
