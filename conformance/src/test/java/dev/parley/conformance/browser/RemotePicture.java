package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;

/**
 * What a page sees and hears of another one.
 *
 * @param page the page
 * @param expression the picture on it, in JavaScript; undefined until there is one
 */
record RemotePicture(Page page, String expression) {
  private static final int SOME_FRAMES = 5;

  /** Waits until sound and picture are being received, and the picture moves. */
  void awaitPlaying() {
    page.waitForFunction("() => " + expression + "?.live.join() === 'audio,video'");
    page.waitForFunction("() => " + expression + ".frames > 0");
    int before = (int) page.evaluate(expression + ".frames");
    page.waitForFunction("(enough) => " + expression + ".frames >= enough", before + SOME_FRAMES);
  }
}
