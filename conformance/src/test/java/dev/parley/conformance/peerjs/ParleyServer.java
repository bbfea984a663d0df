package dev.parley.conformance.peerjs;

import dev.parley.testkit.GatewayFixture;
import java.net.URI;
import java.util.Map;

/** Parley, in this process. */
final class ParleyServer implements Server {

  private final GatewayFixture gateway;

  private ParleyServer(GatewayFixture gateway) {
    this.gateway = gateway;
  }

  static ParleyServer start(ServerOptions options) {
    Map<String, Object> all = options.common();
    if (!options.origins().isEmpty()) {
      all.put("cors", options.origins());
    }
    return new ParleyServer(
        GatewayFixture.gateway().dialect("peerjs", options.path(), all).start());
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
