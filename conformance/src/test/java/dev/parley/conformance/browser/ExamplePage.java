package dev.parley.conformance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/**
 * The example page as its user sees it: everything is found by its role and name, as with a screen
 * reader.
 */
final class ExamplePage {
  private final Page page;

  ExamplePage(Page page) {
    this.page = page;
  }

  /** Waits until the page shows that it is registered; returns the id that it shows. */
  String awaitReady() {
    assertThat(status()).containsText("Ready");
    return ownId();
  }

  String ownId() {
    return page.locator("#own-id").textContent();
  }

  Locator status() {
    return page.getByRole(AriaRole.STATUS);
  }

  Locator error() {
    return page.getByRole(AriaRole.ALERT);
  }

  Locator messages() {
    return page.getByRole(AriaRole.LOG);
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON,
        new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
  }

  /** Follows the link that opens a second window, in the same profile. */
  ExamplePage openSecondWindow() {
    Locator link =
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open a second window"));
    return new ExamplePage(page.context().waitForPage(link::click));
  }

  void connectTo(String id) {
    page.getByLabel("Id to connect to").fill(id);
    button("Connect").click();
  }

  void say(String text) {
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(text);
    button("Send").click();
  }

  /** Waits until the other one's picture has a size and moves. */
  void awaitRemotePicture() {
    page.waitForFunction("() => document.getElementById('remote-video').videoWidth > 0");
    double before = ((Number) page.evaluate("document.getElementById('remote-video').currentTime"))
        .doubleValue();
    page.waitForFunction(
        "(before) => document.getElementById('remote-video').currentTime > before + 0.2", before);
  }
}
