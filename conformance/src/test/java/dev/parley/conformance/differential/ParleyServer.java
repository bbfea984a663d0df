package dev.parley.conformance.differential;

import dev.parley.testkit.Spread.Gateways;
import java.net.URI;
import java.util.List;

/** Parley, in this process: one node, or a cluster. */
public record ParleyServer(Gateways gateways) implements Server {

  @Override
  public String name() {
    return gateways.nodes().size() == 1 ? "Parley" : "Parley in a cluster";
  }

  @Override
  public List<URI> addresses() {
    return gateways.servers();
  }

  @Override
  public void getThrough() {
    gateways.settle();
  }

  @Override
  public void close() {
    gateways.close();
  }
}
