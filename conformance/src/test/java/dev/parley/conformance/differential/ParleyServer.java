package dev.parley.conformance.differential;

import dev.parley.testkit.GatewayFixture;
import java.net.URI;

/** Parley, in this process. */
public record ParleyServer(GatewayFixture gateway) implements Server {

  @Override
  public String name() {
    return "Parley";
  }

  @Override
  public URI address() {
    return gateway.httpUri("");
  }

  @Override
  public void close() {
    gateway.close();
  }
}
