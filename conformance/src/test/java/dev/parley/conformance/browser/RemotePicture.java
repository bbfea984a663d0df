package dev.parley.conformance.browser;

/**
 * Sound and picture of another page.
 *
 * @param page the page
 * @param expression the picture on it, in JavaScript; undefined until there is one
 */
record RemotePicture(ClientPage page, String expression) {
  private static final int SOME_FRAMES = 5;

  /** Waits until sound and picture are being received, and the picture moves. */
  void awaitPlaying() {
    page.await("() => " + expression + "?.live.join() === 'audio,video'");
    page.await("() => " + expression + ".frames > 0");
    int before = (int) page.evaluate(expression + ".frames");
    page.await("(enough) => " + expression + ".frames >= enough", before + SOME_FRAMES);
  }
}
