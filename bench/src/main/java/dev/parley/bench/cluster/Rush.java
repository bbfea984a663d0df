package dev.parley.bench.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Faults;
import dev.parley.bench.machine.Waits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Users of calling-signaling, spread over nodes, that join rooms all at once. Used by one thread;
 * the users live on one event loop.
 */
final class Rush implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "127.0.0.1";
  private static final String PATH = "/calling";
  private static final int LARGEST_FRAME = 1 << 24;
  private static final long QUIET_MILLIS = 5000;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final WebSocketClient client = vertx.createWebSocketClient(
      new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE)
          .setMaxFrameSize(LARGEST_FRAME).setMaxMessageSize(LARGEST_FRAME));
  private final List<User> users = new ArrayList<>();
  private @Nullable String failure;
  private long joined;
  private long heard;
  private long answeredNanos;
  private long lastNanos;

  private Rush() {}

  /** One of them. */
  private final class User {

    private final WebSocket socket;
    private final Promise<Void> greeted = Promise.promise();
    private String id = "";
    private Member member = new Member("", "");

    User(WebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(this::hear)
          .closeHandler(closed -> fail("a connection ended: " + socket.closeStatusCode()));
    }

    private void hear(String text) {
      JsonNode message = parse(text);
      if (id.isEmpty()) {
        id = message.path("id").asText();
        greeted.complete();
        return;
      }
      boolean before = member.joined();
      int known = member.known();
      member.hear(message);
      heard += member.known() - known;
      lastNanos = System.nanoTime();
      if (!before && member.joined()) {
        joined++;
        answeredNanos = lastNanos;
      }
    }

    void join(String room) {
      member = new Member(room, id);
      var unused = socket.writeTextMessage(
          "{\"type\":\"room_join\",\"room\":\"" + room + "\",\"status\":{},\"tid\":1}");
    }
  }

  private JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException wrong) {
      fail("not JSON: " + text);
      return JSON.nullNode();
    }
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
  }

  /** Connects users, each to the next node, and waits until all were greeted. */
  static Rush connect(List<Integer> ports, int users) throws IOException {
    Rush rush = new Rush();
    try {
      for (int i = 0; i < users; i++) {
        int port = ports.get(i % ports.size());
        Waits.join("the connections of the users",
            rush.onLoop(() -> rush.connect(port)).compose(connected -> connected));
      }
      return rush;
    } catch (IOException failed) {
      rush.close();
      throw failed;
    }
  }

  private Future<Void> connect(int port) {
    return client
        .connect(new WebSocketConnectOptions().setHost(HOST).setPort(port).setURI(PATH))
        .compose(socket -> {
          User user = new User(socket);
          users.add(user);
          return user.greeted.future();
        });
  }

  /** Lets all users join a room at once, and waits until each has heard of all others. */
  RushResult join(String room) throws IOException, InterruptedException {
    long begin = Waits.join("the loop of the clients", onLoop(() -> {
      joined = 0;
      heard = 0;
      lastNanos = System.nanoTime();
      answeredNanos = lastNanos;
      users.forEach(user -> user.join(room));
      return lastNanos;
    }));
    awaitAll();
    return Waits.join("the result of the users",
        onLoop(() -> new RushResult(users.size(), (answeredNanos - begin) / 1e9,
            (lastNanos - begin) / 1e9, faults())));
  }

  private Faults faults() {
    return users.stream().map(user -> user.member.faults(users.size() - 1))
        .reduce(Faults.NONE, Faults::plus);
  }

  /** Waits until all users have joined and heard of all others, or nothing has come for a while. */
  private void awaitAll() throws IOException, InterruptedException {
    long pairs = (long) users.size() * (users.size() - 1);
    while (true) {
      boolean done = Waits.join("the loop of the clients", onLoop(() -> {
        if (failure != null) {
          throw new IOException(failure);
        }
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos);
        return (joined >= users.size() && heard >= pairs) || silence > QUIET_MILLIS;
      }));
      if (done) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private <T> Future<T> onLoop(Callable<T> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(run -> {
      try {
        done.complete(task.call());
      } catch (Exception failed) {
        done.fail(failed);
      }
    });
    return done.future();
  }

  @Override
  public void close() throws IOException {
    Waits.join("the end of Vert.x", vertx.close());
  }
}
