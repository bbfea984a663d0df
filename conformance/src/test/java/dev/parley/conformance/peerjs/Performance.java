package dev.parley.conformance.peerjs;

import dev.parley.testkit.Scene;
import dev.parley.testkit.Stage;
import dev.parley.testkit.Transcript;
import java.util.Optional;

/**
 * How a scene went on one server.
 *
 * @param transcript what the clients saw
 * @param failure what went otherwise than the scene says
 */
record Performance(Transcript transcript, Optional<Throwable> failure) {

  /** Plays a scene to its end, and waits until everything that follows from it has been seen. */
  static Performance of(Scene scene, Server server, String prefix) {
    try (Stage stage = new Stage(server.address(), prefix)) {
      Optional<Throwable> failure = Optional.empty();
      try {
        scene.play(stage);
        stage.settles();
      } catch (RuntimeException | AssertionError failed) {
        failure = Optional.of(failed);
      }
      return new Performance(stage.transcript(), failure);
    }
  }
}
