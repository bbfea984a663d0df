package dev.parley.crossing;

import static dev.parley.crossing.CallingWords.invite;
import static dev.parley.crossing.CallingWords.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayCluster;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Users join rooms while peers of other dialects join and leave, again and again: none misses a
 * member, and none sees one twice. {@code -Dparley.joins=10000} has as many users join on one node,
 * and on three.
 */
class ManyJoinsTest {

  private static final int JOINS = Integer.getInteger("parley.joins", 200);
  private static final int USERS = 4;
  private static final int LANES = 2;
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();

  private static GatewayFixture.Builder node() {
    return GatewayFixture.gateway()
        .eventLoops(2)
        .dialect("peerjs", "/", Map.of())
        .dialect("calling", Map.of("room_timeout", 0));
  }

  @Test
  void givenOneNodeWithTwoLoops_whenManyJoin_thenEachSeesEachOnce() throws InterruptedException {
    try (GatewayFixture single = node().start()) {
      play(List.of(single.httpUri("")), () -> {});
    }
  }

  @Test
  void givenThreeNodes_whenManyJoin_thenEachSeesEachOnce() throws InterruptedException {
    try (GatewayCluster cluster = new GatewayCluster(3, LEASE, ManyJoinsTest::node)) {
      play(cluster.servers(), cluster::settle);
    }
  }

  private void play(List<URI> servers, Runnable between) throws InterruptedException {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> lanes = new ArrayList<>();
    for (int pipeline = 0; pipeline < LANES; pipeline++) {
      lanes.add(Thread.ofPlatform().start(() -> {
        try {
          while (joined.getAndAdd(USERS) < JOINS && failures.isEmpty()) {
            int number = rounds.incrementAndGet();
            try (Stage stage = new Stage(servers, between, "joins" + number + "x")) {
              new Round(stage, number).play();
            }
          }
        } catch (RuntimeException | AssertionError failure) {
          failures.add(failure);
        }
      }));
    }
    for (Thread pipeline : lanes) {
      pipeline.join();
    }
    assertThat(failures).isEmpty();
  }

  /** One room. */
  private static final class Round {

    private final Stage stage;
    private final int number;
    private final String room;
    private final List<Member> members = new ArrayList<>();

    Round(Stage stage, int number) {
      this.stage = stage;
      this.number = number;
      this.room = "room" + number;
    }

    void play() {
      peerJs("p");
      peerJs("q");
      Actor gone = peerJs("gone");
      for (int i = 0; i < USERS; i++) {
        members.add(new Member(stage, "user" + i));
      }
      Member host = members.getFirst();
      host.actor.sends(join(room));
      host.await(answered(0));
      host.actor.sends(invite(1, room, "<p>"), invite(2, room, "<gone>"));
      host.await(answered(2));

      // Concurrently.
      List<Member> others = members.subList(1, USERS);
      int early = number % USERS;
      others.stream().limit(early).forEach(each -> each.actor.sends(join(room)));
      host.actor.sends(invite(3, room, "<q>"));
      if (number % 2 == 0) {
        gone.vanishes();
      } else {
        gone.sends("{'type':'LEAVE','dst':'<user0>'}");
      }
      others.stream().skip(early).forEach(each -> each.actor.sends(join(room)));

      others.forEach(each -> each.await(answered(0)));
      host.await(answered(3));
      // Events are ordered: all events of this round are before this one.
      host.actor.sends("{'type':'room_status','room':'" + room
          + "','key':'quiet','value':1,'tid':9}");
      host.await(answered(9));
      others.forEach(each -> each.await("room_update"));
      for (Member each : members) {
        expectAll(each);
      }
    }

    private Actor peerJs(String name) {
      return stage.actor(name)
          .connects("/peerjs?key=peerjs&token=t&id=<" + name + ">")
          .gets("{'type':'OPEN'}");
    }

    private void expectAll(Member member) {
      Set<String> expected = new HashSet<>(Set.of(stage.resolve("<p>"), stage.resolve("<q>")));
      members.forEach(each -> expected.add(each.id));
      expected.remove(member.id);
      String gone = stage.resolve("<gone>");
      if (number % 2 == 0) {
        // Each session sees its end by itself, in its own time.
        member.awaitGone(gone);
      } else {
        // It has hung up on the host; an earlier user still has it.
        member.present.remove(gone);
      }
      assertThat(member.present).as("%s of round %s", member.name, number).isEqualTo(expected);
    }
  }

  private static String answered(int tid) {
    return "answer " + tid;
  }

  /** A user, and the members of its room according to its events. */
  private static final class Member {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final String name;
    private final Actor actor;
    private final String id;
    private final Set<String> present = new HashSet<>();
    private final Set<String> heard = new HashSet<>();

    Member(Stage stage, String name) {
      this.stage = stage;
      this.name = name;
      this.actor = stage.actor(name).connects("/calling")
          .gets("{'type':'hello','id':'<?" + name + ">','server':'calling-signaling 1.0'}");
      this.id = stage.resolve("<" + name + ">");
    }

    void await(String what) {
      stage.awaits(name + " hears " + what, () -> {
        actor.reads().forEach(this::hear);
        return heard.contains(what);
      });
    }

    void awaitGone(String peer) {
      stage.awaits(name + " has not " + peer, () -> {
        actor.reads().forEach(this::hear);
        return !present.contains(peer);
      });
    }

    private void hear(String text) {
      JsonNode message = parse(text);
      String type = message.get("type").textValue();
      switch (type) {
        case "answer" -> {
          assertThat(message.has("error")).as("%s: %s", name, text).isFalse();
          message.path("data").path("peers").fieldNames().forEachRemaining(this::comes);
          heard.add(answered(message.get("tid").intValue()));
        }
        case "room_peer_add" -> comes(message.get("user").textValue());
        case "room_peer_rm" -> {
          String user = message.get("user").textValue();
          assertThat(present.remove(user)).as("%s is gone for %s", user, name).isTrue();
        }
        default -> heard.add(type);
      }
    }

    private void comes(String user) {
      assertThat(present.add(user)).as("%s is new to %s", user, name).isTrue();
    }

    private static JsonNode parse(String text) {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException noJson) {
        throw new AssertionError(noJson);
      }
    }
  }
}
