package dev.parley.linkup.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.testkit.RedisCommands;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hears everything in a channel without being a subscriber that is counted: by a pattern, which
 * NUMSUB leaves out.
 */
final class LinkupLegacyWitness implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final RedisCommands subscription;
  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

  LinkupLegacyWitness(int port, String channel) {
    subscription = new RedisCommands(port);
    subscription.ask("PSUBSCRIBE", channel);
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try {
      while (true) {
        heard.add(JSON.readTree(subscription.hear().get(3)));
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  /** Everything, in order. */
  List<JsonNode> heard() {
    return heard;
  }

  /** How many messages of a type there were. */
  long count(String type) {
    return heard.stream().filter(message -> message.get("type").textValue().equals(type)).count();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
