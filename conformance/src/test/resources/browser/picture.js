"use strict";

/** Somebody else's pictures on this page. */
class Picture {
  constructor() {
    this.video = document.createElement("video");
    this.video.autoplay = true;
    this.video.muted = true;
    document.body.append(this.video);
  }

  /** Small, as all pictures are encoded and decoded on the machine that runs the tests. */
  static WANTED = { video: { width: 160, height: 120 }, audio: true };

  /** What this page shows of itself: a camera and a microphone, which the browser imitates. */
  static camera() {
    return navigator.mediaDevices.getUserMedia(Picture.WANTED);
  }

  show(stream) {
    this.video.srcObject = stream;
  }

  /** The kinds of the tracks that are being received, in order of the alphabet. */
  get live() {
    const tracks = this.video.srcObject?.getTracks() ?? [];
    return tracks.filter((track) => track.readyState === "live" && !track.muted).map((track) => track.kind).sort();
  }

  /** How many pictures have been decoded so far; they have a size then. */
  get frames() {
    return this.video.videoWidth > 0 ? this.video.getVideoPlaybackQuality().totalVideoFrames : 0;
  }
}
