package dev.parley.conformance.browser;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page, in whatever runs its script, that has one client of some dialect as the object
 * {@code client}. What all
 * clients have in common is called the same on all pages; {@code client.line(name)} says how a
 * channel is.
 */
final class ClientPage {
  private final ScriptHost host;

  ClientPage(ScriptHost host) {
    this.host = host;
  }

  /** Calls a method of the client and waits for its end, even if that is to come. */
  Object run(String method, Object... arguments) {
    return evaluate("([method, all]) => client[method](...all)",
        List.of(method, List.of(arguments)));
  }

  /** Calls a method of the client, and waits for nothing. */
  void start(String method, Object... arguments) {
    evaluate("([method, all]) => { client[method](...all); }",
        List.of(method, List.of(arguments)));
  }

  /** Waits until a channel is so: {@code open}, {@code heard} or {@code closed}. */
  void awaitLine(String name, String state) {
    await("([name, state]) => client.line(name)?.[state]", List.of(name, state));
  }

  /** What is seen of the other one. */
  RemotePicture picture(String name) {
    return new RemotePicture(this, "client.line('" + name + "')?.picture");
  }

  /** The value of an expression. */
  Object evaluate(String expression) {
    return host.evaluate(expression, null);
  }

  /** What a function makes of an argument. */
  Object evaluate(String function, @Nullable Object argument) {
    return host.evaluate(function, argument);
  }

  /** The texts that are the value of an expression. */
  List<String> strings(String expression) {
    return strings(expression, null);
  }

  /** The texts that a function makes of an argument. */
  List<String> strings(String function, @Nullable Object argument) {
    return ((List<?>) evaluate(function, argument)).stream().map(String.class::cast).toList();
  }

  /** Waits until a condition holds. */
  void await(String condition) {
    await(condition, null);
  }

  /** Waits until a condition holds for an argument. */
  void await(String condition, @Nullable Object argument) {
    host.await(condition, argument);
  }

  /** Waits for something outside the page, while its events are dealt with. */
  void await(BooleanSupplier condition) {
    host.await(condition);
  }

  /** Closes the page, without a message to the server or peers. */
  void close() {
    host.close();
  }
}
