package dev.parley.testkit.hub;

import dev.parley.hub.Hub;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.local.LocalHub;
import dev.parley.metrics.SignalMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

class LocalHubTest extends HubContract {

  @Override
  protected Hub createHub(Vertx vertx, MailboxLimits limits) {
    return new LocalHub(vertx, limits, new SignalMetrics(new SimpleMeterRegistry()));
  }
}
