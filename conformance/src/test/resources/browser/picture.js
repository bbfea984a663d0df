"use strict";

/** Somebody else's pictures on this page. */
class Picture {
  constructor() {
    this.video = document.createElement("video");
    this.video.autoplay = true;
    this.video.muted = true;
    this.frames = 0; // that have been shown so far
    this.watch();
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

  /** Counts the pictures: of live ones, not every browser counts how many it has decoded. */
  watch() {
    this.video.requestVideoFrameCallback(() => {
      this.frames++;
      this.watch();
    });
  }
}
