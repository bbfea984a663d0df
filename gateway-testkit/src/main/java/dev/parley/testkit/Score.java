package dev.parley.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much everybody had seen each time a scene settled on the stage of a leader, so that the same
 * scene can go on elsewhere when everybody there has seen as much. So it is certain on several
 * servers, too, that what follows from a step has come before the next one is made, however long it
 * takes from server to server. Who follows begins when the leader has come to the end.
 */
public final class Score {

  /** What takes longer is rather lost than late; so the servers are asked. */
  private static final Duration USUAL = Duration.ofMillis(250);

  /** How late it may be when the servers say that nothing is to come. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final List<Map<String, Actor.Progress>> moments = new ArrayList<>();

  /** The pace of the leader: it settles by asking, and writes down how far everybody is. */
  public Pace leading() {
    return stage -> {
      stage.rests();
      moments.add(stage.progress());
    };
  }

  /**
   * The pace of one who follows: everybody there has to get as far as with the leader.
   *
   * @param scene if not all that follows from its steps can be seen, the servers are asked as well
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

  /** What is said of the first one who does not get as far; null if everybody does. */
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
