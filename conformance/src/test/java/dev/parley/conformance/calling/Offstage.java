package dev.parley.conformance.calling;

import dev.parley.testkit.Stage;
import dev.parley.testkit.WireClient;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of the server on a stage that is no part of the transcript, and never settles. */
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

  /** Leaves pings without an answer from now on. */
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
    String numbered = "\"tid\":" + ++tid;
    client.text("{'type':'%s',%s,%s}".formatted(type, fields, numbered).replace('\'', '"'));
    return client.awaitText(text -> text.contains(numbered));
  }

  @Override
  public void close() {
    client.close();
  }
}
