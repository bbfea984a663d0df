package dev.parley.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Progress of all actors at each point at which a scene settled on the stage of a leader. A
 * follower plays the same scene elsewhere and makes the next step when its actors have received as
 * much. So all effects of a step arrive before the next step on several servers, too, whatever the
 * delay between them. A follower begins when the leader has finished.
 */
public final class Score {

  /** A message that takes longer is probably lost; then the servers are probed. */
  private static final Duration USUAL = Duration.ofMillis(250);

  /** How late a message may be after a probe of the servers. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final List<Map<String, Actor.Progress>> moments = new ArrayList<>();

  /** The pace of the leader: it settles by probes, and records the progress of all actors. */
  public Pace leading() {
    return stage -> {
      stage.rests();
      moments.add(stage.progress());
    };
  }

  /**
   * The pace of a follower: each actor has to receive as much as with the leader.
   *
   * @param scene if some effects of its steps are invisible to clients, the servers are probed as
   *     well
   */
  public Pace following(Scene scene) {
    Iterator<Map<String, Actor.Progress>> read = List.copyOf(moments).iterator();
    return stage -> {
      if (!scene.showsAll()) {
        stage.rests();
      }
      if (!read.hasNext()) {
        throw new AssertionError("the one that leads did not get here");
      }
      follow(stage, read.next());
    };
  }

  private static void follow(Stage stage, Map<String, Actor.Progress> moment) {
    if (missing(stage, moment, USUAL) != null) {
      stage.rests();
      AssertionError missing = missing(stage, moment, AFTERWARDS);
      if (missing != null) {
        throw missing;
      }
    }
  }

  /** The error of the first actor that does not get as far; null if all do. */
  private static @Nullable AssertionError missing(
      Stage stage, Map<String, Actor.Progress> moment, Duration patience) {
    for (Map.Entry<String, Actor.Progress> one : moment.entrySet()) {
      try {
        stage.actor(one.getKey()).reaches(one.getValue(), patience);
      } catch (AssertionError behind) {
        return new AssertionError(one.getKey() + " " + behind.getMessage(), behind);
      }
    }
    return null;
  }
}
