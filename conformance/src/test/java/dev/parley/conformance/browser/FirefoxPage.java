package dev.parley.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A page in Firefox, alone in its profile, which ends with it. */
final class FirefoxPage extends JsonScriptHost {
  private final BidiConnection connection;
  private final String user;
  private final String context;
  private boolean closed;

  FirefoxPage(BidiConnection connection, String user, String context) {
    this.connection = connection;
    this.user = user;
    this.context = context;
  }

  @Override
  String call(String function, String argument) {
    JsonNode answer = connection.command("script.callFunction", Map.of(
        "functionDeclaration", function,
        "arguments", List.of(Map.of("type", "string", "value", argument)),
        "target", Map.of("context", context),
        "awaitPromise", true));
    if (!answer.path("type").asText().equals("success")) {
      throw new IllegalStateException(
          answer.path("exceptionDetails").path("text").asText() + " in\n" + function);
    }
    return answer.path("result").path("value").asText();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection.command("browser.removeUserContext", Map.of("userContext", user));
    }
  }
}
