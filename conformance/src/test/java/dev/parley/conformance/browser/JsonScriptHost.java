package dev.parley.conformance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testkit.waits.Waits;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A host with functions from text to text only: arguments and results are encoded as JSON. */
abstract class JsonScriptHost implements ScriptHost {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A function of a text, which returns one; {@code EXPRESSION} is one. */
  private static final String EVALUATE = """
      async (text) => {
        const value = (EXPRESSION);
        const result = await (typeof value === "function" ? value(JSON.parse(text)) : value);
        return JSON.stringify(result) ?? "null";
      }""";
  private static final String AWAIT = """
      async (text) => {
        const condition = (EXPRESSION);
        const end = Date.now() + PATIENCE;
        while (!await condition(JSON.parse(text))) {
          if (Date.now() > end) {
            throw new Error(`waited in vain for ${condition} of ${text}`);
          }
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return "null";
      }""";

  /**
   * Calls a function and waits for its result.
   *
   * @param function JavaScript, of one text
   * @throws IllegalStateException if it throws
   */
  abstract String call(String function, String argument);

  @Override
  public final @Nullable Object evaluate(String expression, @Nullable Object argument) {
    try {
      String result =
          call(EVALUATE.replace("EXPRESSION", expression), JSON.writeValueAsString(argument));
      return JSON.readValue(result, Object.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public final void await(String condition, @Nullable Object argument) {
    try {
      call(AWAIT.replace("PATIENCE", Long.toString(PATIENCE.toMillis()))
          .replace("EXPRESSION", condition), JSON.writeValueAsString(argument));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public final void await(BooleanSupplier condition) {
    Waits.until("a state of the page", condition);
  }
}
