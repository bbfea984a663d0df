package dev.parley.linkup.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.RedisCommands;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A linkup broker's part in the cluster, in both generations, scripted after the recording. */
final class LinkupLegacyBroker implements LinkupLegacyMember {

  private static final JsonMapper JSON = new JsonMapper();

  /** How it asks and answers. */
  enum Generation {
    /** Answers only if it knows the peer; takes every answer for a yes, whatever it says. */
    EARLY,
    /** Always answers; counts the answers, and hangs if one is missing. */
    LATER
  }

  private final Generation generation;
  private final String channel;
  private final RedisCommands commands;
  private final RedisCommands subscription;
  private final Set<String> peers = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, Question> questions = new ConcurrentHashMap<>();
  private volatile @Nullable CountDownLatch held;
  private volatile boolean silent;
  private volatile boolean crashed;

  private static final class Question {
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private long missing;
  }

  LinkupLegacyBroker(int port, String channel, Generation generation) {
    this.generation = generation;
    this.channel = channel;
    this.commands = new RedisCommands(port);
    this.subscription = new RedisCommands(port);
    subscription.ask("SUBSCRIBE", channel);
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try {
      while (true) {
        hear(subscription.hear().get(2));
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  /** Like the original, it crashes on anything but an object with data. */
  private void hear(String message) {
    try {
      JsonNode said = JSON.readTree(message);
      JsonNode data = said.required("data");
      heard.add(message);
      switch (said.required("type").asText()) {
        case "find" -> answer(data);
        case "found" -> count(data);
        case "signal" -> deliver(data);
        default -> {}
      }
    } catch (JsonProcessingException | RuntimeException unguarded) {
      crashed = true;
    }
  }

  private void answer(JsonNode data) {
    CountDownLatch latch = held;
    if (latch == null) {
      answerNow(data);
    } else {
      Thread.ofVirtual().start(() -> {
        Waits.await("the release of the answers", latch);
        answerNow(data);
      });
    }
  }

  private void answerNow(JsonNode data) {
    boolean known = peers.contains(data.required("id").asText());
    if (silent) {
      return;
    }
    ObjectNode answer = JSON.createObjectNode().put("type", "found");
    ObjectNode answered = answer.putObject("data");
    answered.set("id", data.required("id"));
    switch (generation) {
      case EARLY -> {
        if (known) {
          says(answer.toString());
        }
      }
      case LATER -> {
        answered.put("found", known);
        says(answer.toString());
      }
    }
  }

  private void count(JsonNode data) {
    Question question = questions.get(data.required("id").asText());
    if (question == null) {
      return;
    }
    synchronized (question) {
      question.missing--;
      if (generation == Generation.EARLY || data.required("found").asBoolean()) {
        question.answer.complete(true);
      } else if (question.missing == 0) {
        question.answer.complete(false);
      }
    }
  }

  private void deliver(JsonNode data) {
    if (peers.contains(data.required("to").asText())) {
      delivered.add(
          data.required("from").asText() + ">" + data.required("to").asText() + ":"
              + data.required("signal"));
    }
  }

  /** Publishes any text. */
  void says(String message) {
    commands.ask("PUBLISH", channel, message);
  }

  @Override
  public boolean asks(String id) {
    return asks(id, 500).orElse(false);
  }

  /** Empty if no answer can be made of what comes in time. */
  Optional<Boolean> asks(String id, long millis) {
    Question question = new Question();
    questions.put(id, question);
    try {
      synchronized (question) {
        question.missing = commands.subscribers(channel);
        says("{\"type\":\"find\",\"data\":{\"id\":" + JSON.getNodeFactory().textNode(id) + "}}");
      }
      return Optional.of(question.answer.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (InterruptedException | ExecutionException unexpected) {
      throw new AssertionError(unexpected);
    } finally {
      questions.remove(id);
    }
  }

  @Override
  public void signals(String from, String to, String signal) {
    says(
        "{\"type\":\"signal\",\"data\":{\"from\":\"" + from + "\",\"to\":\"" + to
            + "\",\"signal\":" + signal + "}}");
  }

  /** It never answers again, but stays. */
  void fallSilent() {
    silent = true;
  }

  /** Its answers wait. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** Its answers come. */
  void letGo() {
    CountDownLatch latch = held;
    held = null;
    if (latch != null) {
      latch.countDown();
    }
  }

  /** Whether it has heard something that would have ended the original. */
  boolean isCrashed() {
    return crashed;
  }

  /** All that was said in the channel, in order. */
  List<String> heard() {
    return heard;
  }

  /** How often this was said. */
  long heard(String message) {
    return heard.stream().filter(message::equals).count();
  }

  @Override
  public Set<String> peers() {
    return peers;
  }

  @Override
  public BlockingQueue<String> delivered() {
    return delivered;
  }

  @Override
  public void close() {
    subscription.close();
    commands.close();
  }
}
