package dev.parley.conformance.browser;

import dev.parley.signal.PeerAddress;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread.Gateways;
import dev.parley.testkit.waits.Waits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The clients of one test, of all dialects, on gateways that all tests share: one, or a cluster, to
 * which clients connect round-robin. Each has a unique id.
 */
final class Fleet {
  private static final AtomicInteger CLIENTS = new AtomicInteger();

  private final List<GatewayFixture> nodes;
  private final Windows windows;
  private final Platform platform;
  private final AtomicInteger connections;

  Fleet(Gateways gateways, Windows windows) {
    this(gateways.nodes(), windows, Platform.CHROMIUM, new AtomicInteger());
  }

  private Fleet(List<GatewayFixture> nodes, Windows windows, Platform platform,
      AtomicInteger connections) {
    this.nodes = nodes;
    this.windows = windows;
    this.platform = platform;
    this.connections = connections;
  }

  /** The same, with another platform for later clients. */
  Fleet on(Platform other) {
    return new Fleet(nodes, windows, other, connections);
  }

  /** The gateway of the next client. */
  private GatewayFixture next() {
    return nodes.get(connections.getAndIncrement() % nodes.size());
  }

  /** A client that is open. */
  PeerJsClient peerJs(String name) {
    return peerJs(name, address());
  }

  /** A client that is open, over a line of its own. */
  PeerJsClient peerJs(String name, InetSocketAddress line) {
    return windows.client(platform, name, line).open(unique(name));
  }

  /** The same client after a reload of its page. */
  PeerJsClient reloaded(PeerJsClient before) {
    String id = before.id();
    before.closePage();
    return windows.client(platform, id + " reloaded", address()).open(id);
  }

  /** The address of the gateway of the next client. */
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), next().port());
  }

  /** A client that is registered, of the released form. */
  LinkupClient linkup(String name) {
    return linkup(name, LinkupClient.Form.JSON_RPC);
  }

  /** A client that is registered. */
  LinkupClient linkup(String name, LinkupClient.Form form) {
    return open(newLinkup(name, form), name);
  }

  /** A client whose options may still be set before {@link #open}. */
  LinkupClient newLinkup(String name, LinkupClient.Form form) {
    return windows.linkup(platform, name, form);
  }

  LinkupClient open(LinkupClient client, String name) {
    return openAs(client, unique(name));
  }

  /** Registers a client by an id that is known already. */
  LinkupClient openAs(LinkupClient client, String id) {
    return client.open(broker(), id);
  }

  /** The address for the next client if it is one of linkup's. */
  URI broker() {
    return next().wsUri("/linkup");
  }

  /** A user of the calling dialect. */
  RtcLibClient rtcLib(String name) {
    return windows.rtcLib(platform, name).open(next().wsUri("/calling"));
  }

  /** A server of Peerolator, with an id of the gateway's choice. */
  PeerolatorClient server(String name) {
    return windows.peerolator(platform, name).open(next().wsUri("/peerolator/server"));
  }

  /** A client of Peerolator whose server is any peer. */
  PeerolatorClient clientOf(Talker server, String name) {
    return windows.peerolator(platform, name)
        .open(next().wsUri("/peerolator/client/" + server.id()));
  }

  /**
   * Waits until no node has this id any more. The gateway detects a closed socket a moment later,
   * and signals to it meanwhile are lost with the socket, as with any server.
   */
  void awaitGone(String id) {
    PeerAddress address = new PeerAddress("default", id);
    nodes.forEach(node -> Waits.until("the end of " + id,
        () -> node.hub().look(address).toCompletionStage().toCompletableFuture().join()
            .isEmpty()));
  }

  /** A unique id. */
  static String unique(String name) {
    return name + "-" + CLIENTS.incrementAndGet();
  }

  /** How many signals of a pair and kind have been counted, in all tests so far. */
  double counted(String metric, String from, String to, String kind) {
    return nodes.stream()
        .flatMap(node -> node.metrics().find(metric).tag("from", from).tag("to", to)
            .tag("kind", kind).counters().stream())
        .mapToDouble(counter -> counter.count()).sum();
  }
}
