package dev.parley.conformance.browser;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs the script of a {@link ClientPage}: a window of a browser, or a process of Node. One
 * thread at a time.
 */
interface ScriptHost {

  /** How long any one thing may take before a test gives it up; a run that passes costs none. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The value of an expression, or what it makes of an argument if it is a function; promises are
   * waited for. Whatever JSON can express comes back.
   */
  @Nullable
  Object evaluate(String expression, @Nullable Object argument);

  /** Waits until a function of the argument returns something true. */
  void await(String condition, @Nullable Object argument);

  /** Waits for something outside the page, while its events are dealt with. */
  void await(BooleanSupplier condition);

  /** Closes it at once; the page cannot say goodbye. */
  void close();
}
