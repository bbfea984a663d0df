package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page in Chromium.
 *
 * @param page as Playwright knows it
 */
record ChromiumPage(Page page) implements ScriptHost {

  @Override
  public @Nullable Object evaluate(String expression, @Nullable Object argument) {
    return page.evaluate(expression, argument);
  }

  @Override
  public void await(String condition, @Nullable Object argument) {
    page.waitForFunction(condition, argument);
  }

  @Override
  public void await(BooleanSupplier condition) {
    page.waitForCondition(condition);
  }

  @Override
  public void close() {
    page.close();
  }
}
