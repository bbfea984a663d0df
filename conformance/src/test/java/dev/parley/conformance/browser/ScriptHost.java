package dev.parley.conformance.browser;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of the script of a {@link ClientPage}: a window of a browser, or a process of Node.
 * One thread at a time.
 */
interface ScriptHost {

  /** The time limit of each wait; a run that passes does not reach it. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The value of an expression, or its result for an argument if it is a function; promises are
   * awaited. The result is any JSON value.
   */
  @Nullable
  Object evaluate(String expression, @Nullable Object argument);

  /** Waits until a function of the argument returns a truthy value. */
  void await(String condition, @Nullable Object argument);

  /** Waits for a condition outside the page, while its events are processed. */
  void await(BooleanSupplier condition);

  /** Closes it at once; the page runs no further script. */
  void close();
}
