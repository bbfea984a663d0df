package dev.parley.honest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The maximal number of users of calling in one room, with statuses of a typical size. */
@Timeout(900)
@ExtendWith(VertxExtension.class)
class CrowdedRoomTest {

  private static final int MEMBERS = Limits.DEFAULT.groups().membersPerRoom();
  private static final String STATUS = "{\"name\":\"" + "n".repeat(190) + "\"}";
  private static final String JOIN =
      "{\"type\":\"room_join\",\"room\":\"hall\",\"status\":" + STATUS + ",\"tid\":1}";
  private static final int LARGEST_FRAME = 1 << 24;
  private static final int AT_ONCE = 50;
  private static final JsonFactory JSON = new JsonFactory();

  private final AtomicInteger greeted = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicLong known = new AtomicLong();

  @Test
  void given1000Users_whenAllJoinOneRoomAtOnce_thenEachKnowsAllOthersAndNoneIsClosed(Vertx vertx) {
    try (Crowd crowd = new Crowd("calling")) {
      Context context = vertx.getOrCreateContext();
      WebSocketClient client = vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(2 * MEMBERS)
              .setMaxFrameSize(LARGEST_FRAME).setMaxMessageSize(LARGEST_FRAME));
      List<User> users = connect(crowd, context, client);

      context.runOnContext(run -> users.forEach(User::join));
      Waits.untilStandstill(() -> answered + " have joined, and know " + known,
          () -> closed.get() > 0 || known.get() == (long) MEMBERS * (MEMBERS - 1));

      assertThat(closed).hasValue(0);
      assertThat(answered).hasValue(MEMBERS);
      assertThat(users).allSatisfy(user -> {
        assertThat(user.refusal).isNull();
        assertThat(user.others).hasSize(MEMBERS - 1).doesNotContain(user.id);
      });
    }
  }

  private List<User> connect(Crowd crowd, Context context, WebSocketClient client) {
    List<User> users = new ArrayList<>();
    for (int from = 0; from < MEMBERS; from += AT_ONCE) {
      List<Future<User>> some = new ArrayList<>();
      for (int i = from; i < Math.min(MEMBERS, from + AT_ONCE); i++) {
        var options = new WebSocketConnectOptions().setHost("127.0.0.1")
            .setPort(crowd.gateway().port()).setURI("/calling")
            .putHeader("X-Forwarded-For", Crowd.address(i));
        some.add(Future.future(done -> context.runOnContext(
            run -> client.connect(options).map(User::new).onComplete(done))));
      }
      Waits.join("connections of users", Future.all(some));
      some.forEach(user -> users.add(user.result()));
    }
    Waits.untilStandstill(() -> greeted + " were greeted",
        () -> greeted.get() == MEMBERS || closed.get() > 0);
    return users;
  }

  /** In the thread of the clients, until all is over. */
  private final class User {

    private final WebSocket socket;
    private final Set<String> others = new HashSet<>();
    private String id = "";
    private @Nullable String refusal;

    User(WebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(this::hear).closeHandler(end -> closed.incrementAndGet());
    }

    void join() {
      var unused = socket.writeTextMessage(JOIN);
    }

    private void hear(String text) {
      switch (value(text, "type")) {
        case "hello" -> {
          id = value(text, "id");
          greeted.incrementAndGet();
        }
        case "answer" -> {
          if (text.contains("\"error\":")) {
            refused(text);
          }
          members(text).forEach(this::knows);
          answered.incrementAndGet();
        }
        case "room_peer_add" -> knows(value(text, "user"));
        default -> refused(text);
      }
    }

    private void refused(String text) {
      refusal = text;
      closed.incrementAndGet();
    }

    private void knows(String user) {
      if (!user.equals(id) && others.add(user)) {
        known.incrementAndGet();
      }
    }
  }

  /** There are half a million of them: too many for JSON trees. */
  private static String value(String text, String name) {
    String before = "\"" + name + "\":\"";
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf('"', from));
  }

  /** The names of the fields in {@code peers}. */
  private static List<String> members(String answer) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(answer)) {
      while (!"peers".equals(parser.nextFieldName()) && parser.hasCurrentToken()) {
        // Earlier ones are ignored.
      }
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        names.add(name);
        parser.nextToken();
        parser.skipChildren();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return names;
  }
}
