package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three clients that connect, disconnect and send in a random order. A seed is a scene: one that
 * failed fails again.
 */
@SideBySide
class RandomSceneTest {

  private final Differential<ServerOptions> servers;

  RandomSceneTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
  void whateverThreeClientsDoBothServersDoTheSame(long seed) {
    servers.same(stage -> new RandomScene(seed).play(stage));
  }
}
