package dev.parley.conformance.calling;

import dev.parley.testkit.Stage;
import dev.parley.testkit.WireClient;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the server on a stage that is not in the transcript, and never settles. */
final class Offstage implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final WireClient client;
  private int tid;

  private Offstage(WireClient client) {
    this.client = client;
  }

  /** Connects. */
  static Offstage of(Stage stage) {
    String address = stage.http("/").toString();
    return new Offstage(WireClient.connect(URI.create(address.replaceFirst("http", "ws"))));
  }

  /** One that is in the room {@code <r>}, by whose name the stage knows its id. */
  static Offstage joins(Stage stage, String name) {
    Offstage client = of(stage);
    stage.names(name, client.id());
    client.asks("room_join", stage.resolve("'room':'<r>'"));
    return client;
  }

  /** Ignores pings from now on. */
  Offstage falls() {
    client.ignorePings();
    return this;
  }

  /** The id that the server gave it. */
  String id() {
    Matcher id = ID.matcher(client.awaitText(text -> text.contains("\"hello\"")));
    if (!id.find()) {
      throw new AssertionError("a greeting without an id: " + client);
    }
    return id.group(1);
  }

  /** Sends a request and gives its answer. */
  String asks(String type, String fields) {
    return sends("'type':'" + type + "'," + fields);
  }

  /** Sends a request without fields of its own and gives its answer. */
  String asks(String type) {
    return sends("'type':'" + type + "'");
  }

  private String sends(String request) {
    String numbered = "\"tid\":" + ++tid;
    client.text("{%s,%s}".formatted(request, numbered).replace('\'', '"'));
    return client.awaitText(text -> text.contains(numbered));
  }

  @Override
  public void close() {
    client.close();
  }
}
