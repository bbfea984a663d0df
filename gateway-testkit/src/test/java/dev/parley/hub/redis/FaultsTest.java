package dev.parley.hub.redis;

import dev.parley.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaks between nodes and Redis, under load: nothing is lost in silence, doubled or mixed. */
class FaultsTest {

  private RedisServer redis;

  @BeforeEach
  void startRedis() {
    redis = RedisServer.start();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  private static SteadyLoad load(FaultBed bed) {
    return new SteadyLoad(bed.hubs(), 3, Duration.ofMillis(5));
  }

  @Test
  void givenNothingBreaks_whenEverybodySignals_thenEverythingArrives() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      load.runs(Duration.ofSeconds(1));
      load.ends("no fault").isFaultless();
    }
  }

  @Test
  void givenConnectionsThatAreCutAgainAndAgain_whenTheyAreBack_thenNothingIsLost() {
    try (FaultBed bed = new FaultBed(redis, 3); SteadyLoad load = load(bed)) {
      for (int i = 0; i < 6; i++) {
        load.runs(Duration.ofMillis(100));
        bed.proxy(i % 2).cut();
        load.runs(Duration.ofMillis(100));
        bed.proxy(i % 2).restore();
      }
      bed.recovers();
      load.runs(Duration.ofMillis(200));
      load.ends("cut and restored").isFaultless();
    }
  }
}
