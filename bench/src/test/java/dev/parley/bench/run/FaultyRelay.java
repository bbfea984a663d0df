package dev.parley.bench.run;

import dev.parley.bench.relay.FaultyLink;
import dev.parley.bench.relay.FaultyLink.Fault;
import dev.parley.bench.relay.Flushing;
import dev.parley.bench.relay.RelayServer;
import java.util.concurrent.CountDownLatch;

/** A relay that does wrong, as a process of its own. */
final class FaultyRelay {

  private FaultyRelay() {}

  public static void main(String[] args) throws InterruptedException {
    Fault fault = Fault.valueOf(args[0]);
    FaultyLink.Deeds deeds = new FaultyLink.Deeds();
    try (RelayServer relay = RelayServer.start(
        1, Flushing.EACH_FRAME, () -> new FaultyLink(fault, deeds))) {
      System.out.println("relay is ready on port " + relay.port());
      new CountDownLatch(1).await();
    }
  }
}
