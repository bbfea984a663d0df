package dev.parley.conformance.differential;

import dev.parley.testkit.Pace;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Settling;
import dev.parley.testkit.Stage;
import dev.parley.testkit.Transcript;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A run of a scene on one server.
 *
 * @param server its name
 * @param transcript the messages to the clients
 * @param failure the failed expectation
 */
public record Performance(String server, Transcript transcript, Optional<Throwable> failure) {

  /** The same with the compared part of each line. */
  Performance reduced(UnaryOperator<String> essence) {
    return new Performance(server, transcript.map(essence), failure);
  }

  /** Plays a scene to its end, and waits until all effects have arrived. */
  public static Performance of(
      Scene scene, Server server, String prefix, Settling settling, Pace pace) {
    try (Stage stage =
        new Stage(server.addresses(), server::getThrough, prefix, settling, pace)) {
      Optional<Throwable> failure = Optional.empty();
      try {
        scene.play(stage);
        stage.settles();
        // An actor may have received more than there was to wait for.
        stage.rests();
      } catch (RuntimeException | AssertionError failed) {
        failure = Optional.of(failed);
      }
      return new Performance(server.name(), stage.transcript(), failure);
    }
  }
}
