package dev.parley.signal;

/** What a WebRTC connection is made for, as PeerJS tells its two kinds of connection apart. */
public enum Media {
  /** Data channels alone. */
  DATA,
  /** Audio or video, whatever else there is. */
  MEDIA
}
