package dev.parley.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How much everybody had seen each time a scene settled on the stage of a leader, so that the same
 * scene can go on elsewhere when everybody there has seen as much. So it is certain on several
 * servers, too, that what follows from a step has come before the next one is made, however long it
 * takes from server to server. Both may play at once. Any thread.
 */
public final class Score {

  /** What takes longer is rather lost than late; so the servers are asked. */
  private static final Duration USUAL = Duration.ofMillis(250);

  /** How late it may be when the servers say that nothing is to come. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final List<Map<String, Actor.Progress>> moments = new ArrayList<>();
  private boolean complete;

  /** The pace of the leader: it settles by asking, and writes down how far everybody is. */
  public Pace leading() {
    return stage -> {
      stage.rests();
      write(stage.progress());
    };
  }

  /** The pace of one who follows: everybody there has to get as far as with the leader. */
  public Pace following() {
    AtomicInteger settled = new AtomicInteger();
    return stage -> follow(stage, read(settled.getAndIncrement()));
  }

  /** The leader goes no further. */
  public synchronized void ends() {
    complete = true;
    notifyAll();
  }

  private synchronized void write(Map<String, Actor.Progress> moment) {
    moments.add(moment);
    notifyAll();
  }

  private synchronized Map<String, Actor.Progress> read(int number) {
    try {
      while (moments.size() <= number) {
        if (complete) {
          throw new AssertionError("the one that leads did not get here");
        }
        wait();
      }
      return moments.get(number);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the leader", stopped);
    }
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
