package dev.parley.conformance.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page whose script has one client of some dialect, as the object {@code client}. What all
 * clients have in common is called the same on all pages; {@code client.line(name)} says how a
 * channel is.
 */
final class ClientPage {
  private final Page page;

  ClientPage(Page page) {
    this.page = page;
  }

  /** Calls a method of the client and waits for its end, even if that is to come. */
  Object run(String method, Object... arguments) {
    return page.evaluate("([method, all]) => client[method](...all)",
        List.of(method, List.of(arguments)));
  }

  /** Calls a method of the client, and waits for nothing. */
  void start(String method, Object... arguments) {
    page.evaluate("([method, all]) => { client[method](...all); }",
        List.of(method, List.of(arguments)));
  }

  /** Waits until a channel is so: {@code open}, {@code heard} or {@code closed}. */
  void awaitLine(String name, String state) {
    await("([name, state]) => client.line(name)?.[state]", List.of(name, state));
  }

  /** What is seen of the other one. */
  RemotePicture picture(String name) {
    return new RemotePicture(page, "client.line('" + name + "')?.picture");
  }

  /** The value of an expression. */
  Object evaluate(String expression) {
    return page.evaluate(expression);
  }

  /** What a function makes of an argument. */
  Object evaluate(String function, @Nullable Object argument) {
    return page.evaluate(function, argument);
  }

  /** The texts that are the value of an expression. */
  List<String> strings(String expression) {
    return strings(expression, null);
  }

  /** The texts that a function makes of an argument. */
  List<String> strings(String function, @Nullable Object argument) {
    return ((List<?>) page.evaluate(function, argument)).stream().map(String.class::cast).toList();
  }

  /** Waits until a condition holds. */
  void await(String condition) {
    await(condition, null);
  }

  /** Waits until a condition holds for an argument. */
  void await(String condition, @Nullable Object argument) {
    page.waitForFunction(condition, argument);
  }

  /** Waits for something outside the page, while its events are dealt with. */
  void await(BooleanSupplier condition) {
    page.waitForCondition(condition);
  }

  /** Closes it, which nobody is told of. */
  void close() {
    page.close();
  }
}
