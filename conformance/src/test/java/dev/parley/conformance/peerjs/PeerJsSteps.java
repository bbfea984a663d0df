package dev.parley.conformance.peerjs;

import dev.parley.testkit.Actor;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.Stage;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** Common steps of PeerJS clients. */
final class PeerJsSteps {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String OPEN = "{'type':'OPEN'}";

  private PeerJsSteps() {}

  /** The path at which a client asks for an id. */
  static String path(String id, String token) {
    return "/peerjs?key=peerjs&id=" + id + "&token=" + token;
  }

  /** A client whose id is its name, with a token of its own. */
  static Actor join(Stage stage, String name) {
    return joinAs(stage, name, "<" + name + ">", "token-of-" + name);
  }

  /** A client that has an id which need not be its name. */
  static Actor joinAs(Stage stage, String name, String id, String token) {
    return stage.actor(name).connects(path(id, token)).gets(OPEN);
  }

  /** Waits until the server no longer lists the id. */
  static void untilGone(Stage stage, String id) {
    stage.awaits(
        id + " is gone",
        () -> !HttpProbe.get(stage.http("/peerjs/peers")).body()
            .contains("\"" + stage.resolve(id) + "\""));
  }

  /** Sends a GET request, and records the answer. */
  static void asks(Stage stage, String path) {
    asks(stage, "GET", path, Map.of());
  }

  /**
   * Sends an HTTP request, and records status, CORS headers, type and text of the answer, except
   * for the text of an error, which may differ.
   */
  static void asks(Stage stage, String method, String path, Map<String, String> headers) {
    URI uri = stage.http(path);
    HttpProbe.Answer answer = HttpProbe.send(method, uri, headers);
    String request = method + " " + path + " " + headers;
    stage.notes(request, "status " + answer.status());
    answer.headers().forEach((name, value) -> {
      boolean cors = name.startsWith("access-control-") || name.equals("vary");
      if (cors || (name.equals("content-type") && answer.status() < 400)) {
        stage.notes(request, name + ": " + value);
      }
    });
    if (answer.status() != 404) {
      stage.notes(request, UUID.matcher(answer.body()).replaceAll("(uuid)"));
    }
  }

  /** All peers that {@code /peers} lists are among these, in this order. */
  static void lists(Stage stage, String expected) {
    String body = HttpProbe.get(stage.http("/peerjs/peers")).body();
    if (!body.equals(stage.resolve(expected))) {
      throw new AssertionError("the peers are " + body + " instead of " + stage.resolve(expected));
    }
  }
}
