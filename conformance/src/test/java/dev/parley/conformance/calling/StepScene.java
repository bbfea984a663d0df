package dev.parley.conformance.calling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.conformance.calling.Step.Asks;
import dev.parley.conformance.calling.Step.Connects;
import dev.parley.conformance.calling.Step.Ends;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays steps one by one. All effects of a step have arrived before the next, so that the order of
 * messages at a client does not depend on timing. May be played on several servers at once.
 */
final class StepScene implements Scene {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern HANDLE = Pattern.compile("@((?:in|out)[0-9]+)@");
  private static final String UNNAMED = "'status':{'unnamed':1}";
  private static final String NO_HANDLE = "999999";
  private static final String LOOKOUT = "'namespace':'<lookout>'";

  private final List<Step> steps;
  private final ConcurrentLinkedQueue<Step> differing = new ConcurrentLinkedQueue<>();

  StepScene(List<Step> steps) {
    this.steps = steps;
  }

  /** The steps that met a {@link DecidedDifference} so far, on any server. */
  List<Step> differing() {
    return List.copyOf(differing);
  }

  @Override
  public void play(Stage stage) {
    new Play(stage).go();
  }

  /** Requests are answered, and departures are reported to the lookout. */
  @Override
  public boolean showsAll() {
    return true;
  }

  /** One playing of the scene. */
  private final class Play {

    private final Stage stage;
    private final Caller lookout;
    private final Map<String, Caller> there = new HashMap<>();
    private final Map<String, String> handles = new HashMap<>();

    Play(Stage stage) {
      this.stage = stage;
      // A departure has been processed when it is reported; the lookout receives every report.
      this.lookout = Caller.on(stage, "lookout").does("ns_subscribe", LOOKOUT);
    }

    void go() {
      for (Step step : steps) {
        switch (step) {
          case Connects connects -> connect(connects.who());
          case Asks asks -> ask(asks);
          case Ends ends -> end(ends);
        }
      }
    }

    private void connect(String who) {
      if (!there.containsKey(who)) {
        there.put(who, Caller.on(stage, who).does("ns_user_register", LOOKOUT));
      }
    }

    private void end(Ends ends) {
      Caller caller = there.remove(ends.who());
      if (caller == null) {
        return;
      }
      if (ends.politely()) {
        caller.leaves();
      } else {
        caller.vanishes();
      }
      String gone = stage.resolve("<" + ends.who() + ">");
      stage.awaits("the departure of " + ends.who(), () -> lookout.actor().reads().stream()
          .anyMatch(message -> message.contains("ns_user_rm") && message.contains(gone)));
      stage.settles();
    }

    private void ask(Asks asks) {
      Caller caller = there.get(asks.who());
      if (caller == null) {
        return;
      }
      there.values().forEach(each -> each.actor().reads());
      caller.sends(withHandles(asks.text()));
      stage.settles();
      there.values().forEach(each -> each.actor().reads().forEach(news -> learn(asks, news)));
    }

    private String withHandles(String text) {
      return HANDLE.matcher(text).replaceAll(handle -> Matcher
          .quoteReplacement(handles.getOrDefault(handle.group(1), NO_HANDLE)));
    }

    private void learn(Asks asks, String news) {
      JsonNode message = json(news);
      JsonNode data = message.path("data");
      switch (message.path("type").asText()) {
        case "answer" -> {
          if (DecidedDifference.isMetBy(asks.text(), message.path("error").asText())) {
            differing.add(asks);
          }
          if (data.has("handle")) {
            handles.put("out" + asks.tid(), data.path("handle").asText());
          }
          if (data.has("room") && asks.text().contains(UNNAMED)) {
            stage.names("made" + asks.tid(), data.path("room").asText());
          }
        }
        case "invite_incoming" ->
            handles.put("in" + data.path("tid").asText(), message.path("handle").asText());
        default -> {
        }
      }
    }

    private static JsonNode json(String message) {
      try {
        return JSON.readTree(message);
      } catch (JsonProcessingException broken) {
        throw new AssertionError("this is no JSON: " + message, broken);
      }
    }
  }
}
