package dev.parley.hub.contract;

import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import dev.parley.testkit.hub.HubContract;
import dev.parley.testkit.hub.RecordingRecipient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

class LocalHubTest extends HubContract {

  @Override
  protected Nodes createNodes(Vertx vertx, MailboxLimits limits, Duration hold) {
    Hub hub = new LocalHub(vertx, limits, hold, new SignalMetrics(new SimpleMeterRegistry()));
    return new Nodes() {
      @Override
      public Hub of(RecordingRecipient session) {
        return hub;
      }

      @Override
      public List<Hub> all() {
        return List.of(hub);
      }
    };
  }
}
