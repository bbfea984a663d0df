package dev.parley.conformance.browser;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A page, in a browser or in Node, that has one client of some dialect as the object {@code
 * client}. Common functions of clients have the same name on all pages; {@code client.line(name)}
 * is the state of a channel.
 */
final class ClientPage {
  private final ScriptHost host;

  ClientPage(ScriptHost host) {
    this.host = host;
  }

  /** Calls a method of the client and waits for its end, that of a promise, too. */
  Object run(String method, Object... arguments) {
    return evaluate("([method, all]) => client[method](...all)",
        List.of(method, List.of(arguments)));
  }

  /** Calls a method of the client without waiting. */
  void start(String method, Object... arguments) {
    evaluate("([method, all]) => { client[method](...all); }",
        List.of(method, List.of(arguments)));
  }

  /** Waits for a state of a channel: {@code open}, {@code heard} or {@code closed}. */
  void awaitLine(String name, String state) {
    await("([name, state]) => client.line(name)?.[state]", List.of(name, state));
  }

  /** The picture of the other one. */
  RemotePicture picture(String name) {
    return new RemotePicture(this, "client.line('" + name + "')?.picture");
  }

  /** The value of an expression. */
  Object evaluate(String expression) {
    return host.evaluate(expression, null);
  }

  /** The result of a function of an argument. */
  Object evaluate(String function, @Nullable Object argument) {
    return host.evaluate(function, argument);
  }

  /** The value of an expression, as texts. */
  List<String> strings(String expression) {
    return strings(expression, null);
  }

  /** The result of a function of an argument, as texts. */
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

  /** Waits for a condition outside the page, while its events are processed. */
  void await(BooleanSupplier condition) {
    host.await(condition);
  }

  /** Closes the page, without a message to the server or peers. */
  void close() {
    host.close();
  }
}
