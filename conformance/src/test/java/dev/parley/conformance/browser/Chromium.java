package dev.parley.conformance.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A browser. One thread at a time, with a safe publication between them. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> ARGUMENTS = List.of(
      // Tests run as root in containers, without a graphics card.
      "--no-sandbox", "--disable-gpu",
      // No background activity, and no network but loopback: STUN servers and the CDN do not
      // resolve.
      "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
      // Candidates are plain loopback addresses: mDNS needs a multicast network.
      "--disable-features=WebRtcHideLocalIpsWithMdns", "--allow-loopback-in-peer-connection",
      // A camera that shows a moving test picture, and no question whether the page may use it.
      "--use-fake-device-for-media-stream=fps=10", "--use-fake-ui-for-media-stream");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    Path executable = Programs.find("CHROMIUM", "Chromium", NAMES);
    // The driver comes with the library; a download of a browser is not needed.
    Playwright playwright = Playwright
        .create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      PlaywrightAssertions.setDefaultAssertionTimeout((double) ScriptHost.PATIENCE.toMillis());
      return new Chromium(playwright, playwright.chromium()
          .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setHeadless(true)
              .setTimeout(2.0 * ScriptHost.PATIENCE.toMillis())
              .setArgs(ARGUMENTS)));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  /** A fresh profile, as of another user on another computer. */
  BrowserContext newContext() {
    return browser.newContext();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
