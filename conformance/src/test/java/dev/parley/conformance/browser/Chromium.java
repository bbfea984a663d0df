package dev.parley.conformance.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A browser. One thread at a time, which has to know what the one before it did. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> ARGUMENTS = List.of(
      // Tests run as root in containers, without a graphics card.
      "--no-sandbox", "--disable-gpu",
      // Nothing but what the test does, and no network but loopback: STUN servers and the CDN do not resolve.
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
    Path executable = executable();
    // The driver comes with the library; a browser of its own is neither needed nor wanted.
    Playwright playwright = Playwright
        .create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Chromium(playwright, playwright.chromium()
          .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setHeadless(true)
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

  private static Path executable() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return Path.of(named);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "No Chromium on the PATH: run scripts/install-real, or name the program in the variable CHROMIUM"));
  }
}
