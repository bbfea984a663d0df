package dev.parley.conformance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that run in Node, with a package that has WebRTC's objects: all of a test run that have
 * the same one. Each has a global scope of its own. Any thread.
 */
final class NodeProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TO_END_SECONDS = 60;

  private final Platform platform;
  private final Process process;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
  private final Map<Integer, Journal> journals = new ConcurrentHashMap<>();
  private final Queue<String> strayLines = new ConcurrentLinkedQueue<>();

  private NodeProcess(Platform platform, Process process) {
    this.platform = platform;
    this.process = process;
    Thread.ofVirtual().start(() -> read(process.inputReader()));
  }

  static NodeProcess start(Platform platform) {
    Path script = NpmPackages.script("node-clients.mjs");
    try {
      return new NodeProcess(platform, new ProcessBuilder("node", script.toString(),
          platform.name()).directory(script.getParent().toFile()).redirectErrorStream(true)
          .start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A client whose script is the one of a page of {@link StaticSite}. */
  ScriptHost open(String script, String source, Journal journal) {
    int client = numbers.incrementAndGet();
    journals.put(client, journal);
    run(Map.of("client", client, "does", "open", "name", script, "source", source));
    return new Scope(client);
  }

  private String run(Map<String, ?> command) {
    int id = numbers.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    pending.put(id, result);
    write(id, command);
    JsonNode answer = result
        .orTimeout(2 * ScriptHost.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(failed -> {
          throw new IllegalStateException(this + " does not answer " + command, failed);
        })
        .join();
    if (answer.has("error")) {
      throw new IllegalStateException(answer.path("error").asText() + " in\n" + command);
    }
    return answer.path("result").asText();
  }

  private synchronized void write(int id, Map<String, ?> command) {
    try {
      process.outputWriter().write(JSON.writeValueAsString(Map.of("id", id, "command", command)));
      process.outputWriter().write('\n');
      process.outputWriter().flush();
    } catch (IOException over) {
      throw new UncheckedIOException(this + " is over", over);
    }
  }

  private void read(BufferedReader output) {
    output.lines().forEach(line -> {
      JsonNode said = json(line);
      CompletableFuture<JsonNode> waiting = pending.remove(said.path("id").asInt());
      Journal journal = journals.get(said.path("client").asInt());
      if (waiting != null) {
        waiting.complete(said);
      } else if (journal != null) {
        journal.note(said.path("level").asText(), said.path("text").asText());
      } else {
        strayLines.add(line);
      }
    });
    pending.values().forEach(
        waiting -> waiting.completeExceptionally(new IllegalStateException(this + " ended")));
  }

  /** Packages may print other lines; those of this protocol are objects. */
  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line.startsWith("{") ? line : "{}");
    } catch (JsonProcessingException other) {
      return JSON.createObjectNode();
    }
  }

  /** Kills it with all of its clients. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(this + " does not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public String toString() {
    return "Node with " + platform + " (it wrote: " + String.join("\n", strayLines) + ")";
  }

  /** The scope of one client. */
  private final class Scope extends JsonScriptHost {
    private final int client;

    Scope(int client) {
      this.client = client;
    }

    @Override
    String call(String function, String argument) {
      return run(
          Map.of("client", client, "does", "call", "function", function, "argument", argument));
    }

    @Override
    public void close() {
      run(Map.of("client", client, "does", "close"));
    }
  }
}
