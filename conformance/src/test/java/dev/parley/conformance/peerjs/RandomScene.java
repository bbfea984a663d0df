package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.path;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.testkit.Actor;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random steps of three clients; equal for equal seeds. All effects of a step have arrived before
 * the next, so that the order of messages at a client does not depend on timing. Deliberate
 * differences are not drawn.
 */
final class RandomScene implements Scene {

  private static final int STEPS = 60;
  private static final List<String> CLIENTS = List.of("anna", "bert", "cora");
  private static final List<String> RECIPIENTS = List.of("anna", "bert", "cora", "nobody");
  private static final List<String> TYPES =
      List.of("OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE", "HEARTBEAT", "NONSENSE");
  private static final List<String> PAYLOADS =
      List.of("", ",'payload':null", ",'payload':{'sdp':'v=0\\r\\n','n':[1,2.5]}",
          ",'payload':'\u00e4\\u20ac'", ",'src':'<nobody>','payload':0", ",'payload':false,'x':1");

  private final Random random;
  private final Set<String> there = new HashSet<>();
  private final Set<String> departed = new HashSet<>();
  /** The tokens of clients that were cut off: with another one Parley does not admit them yet. */
  private final Map<String, String> held = new HashMap<>();
  private int tokens;

  RandomScene(long seed) {
    random = new Random(seed);
  }

  @Override
  public void play(Stage stage) {
    for (int step = 0; step < STEPS; step++) {
      String name = any(CLIENTS);
      if (departed.contains(name)) {
        continue;
      }
      if (there.contains(name)) {
        act(stage, stage.actor(name), name, step);
      } else {
        join(stage, name);
      }
      stage.settles();
    }
  }

  private void join(Stage stage, String name) {
    String token = held.computeIfAbsent(name, who -> "token-" + tokens++);
    stage.actor(name).connects(path("<" + name + ">", token)).gets("{'type':'OPEN'}");
    there.add(name);
  }

  private void act(Stage stage, Actor actor, String name, int step) {
    switch (random.nextInt(16)) {
      case 0 -> {
        actor.leaves();
        held.remove(name);
        gone(stage, name);
      }
      case 1 -> {
        actor.vanishes();
        gone(stage, name);
      }
      case 2 -> {
        actor.sends("{'type':'LEAVE'}");
        gone(stage, name);
        actor.leaves();
        // When this socket ends, the original takes the id from its present owner: none may claim
        // it.
        departed.add(name);
      }
      case 3 -> stage.actor("thief" + step).connects(path("<" + name + ">", "stolen"))
          .gets("{'type':'ID-TAKEN','payload':{'msg':'ID is taken'}}")
          .isClosed(Frame.WITHOUT_CODE);
      case 4 -> actor.sends("{'type':'" + any(List.of("OFFER", "EXPIRE", "NONSENSE")) + "'}");
      default -> {
        for (int burst = random.nextInt(3); burst >= 0; burst--) {
          actor.sends(message());
        }
      }
    }
  }

  private String message() {
    return "{'type':'" + any(TYPES) + "','dst':'<" + any(RECIPIENTS) + ">'" + any(PAYLOADS) + "}";
  }

  private void gone(Stage stage, String name) {
    there.remove(name);
    untilGone(stage, "<" + name + ">");
  }

  private <T> T any(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
