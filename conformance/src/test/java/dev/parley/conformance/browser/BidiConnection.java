package dev.parley.conformance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection to a browser that speaks WebDriver BiDi: commands and their results, events. */
final class BidiConnection implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final Consumer<JsonNode> events;
  private final WebSocket socket;

  private BidiConnection(URI address, Consumer<JsonNode> events) {
    this.events = events;
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  /**
   * Connects.
   *
   * @param events gets every event, on a thread of the connection
   */
  static BidiConnection to(URI address, Consumer<JsonNode> events) {
    return new BidiConnection(address, events);
  }

  /**
   * Sends a command and waits for its result. Any thread.
   *
   * @throws IllegalStateException if it fails, or takes twice as long as any wait of a test
   */
  JsonNode command(String method, Map<String, ?> parameters) {
    int id = commands.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    pending.put(id, result);
    try {
      send(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    JsonNode answer = result
        .orTimeout(2 * ScriptHost.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(failed -> {
          throw new IllegalStateException(method + " has no result", failed);
        })
        .join();
    if (!answer.path("type").asText().equals("success")) {
      throw new IllegalStateException(method + " failed: " + answer);
    }
    return answer.path("result");
  }

  /** A WebSocket takes one message after the other. */
  private synchronized void send(String message) {
    socket.sendText(message, true).join();
  }

  private void receive(String message) {
    try {
      JsonNode read = JSON.readTree(message);
      CompletableFuture<JsonNode> waiting = pending.remove(read.path("id").asInt());
      if (waiting != null) {
        waiting.complete(read);
      } else if (read.path("type").asText().equals("event")) {
        events.accept(read);
      }
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void over(Throwable why) {
    pending.values().forEach(waiting -> waiting.completeExceptionally(why));
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }

  /** Assembles the parts of messages. */
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        receive(message);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      over(new IllegalStateException("The browser closed the connection"));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      over(error);
    }
  }
}
