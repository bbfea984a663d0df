package dev.parley.testkit;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * Over how many nodes the clients of a scene are spread. A test that is parameterized with all of
 * them shows that clients see no difference.
 */
public enum Spread {
  /** All clients are connected to the same node. */
  ONE_NODE,
  /** Three nodes on one Redis; clients connect to them round-robin. */
  THREE_NODES;

  /**
   * Starts the nodes.
   *
   * @param node configures each of them, except for the cluster
   */
  public Gateways start(Supplier<GatewayFixture.Builder> node) {
    return switch (this) {
      case ONE_NODE -> {
        GatewayFixture single = node.get().start();
        yield new Gateways(List.of(single), () -> {}, single::close);
      }
      case THREE_NODES -> {
        GatewayCluster cluster = new GatewayCluster(3, node);
        yield new Gateways(cluster.nodes(), cluster::settle, cluster::close);
      }
    };
  }

  /** Gateways that are one for their clients. Any thread but event loops. */
  public static final class Gateways implements AutoCloseable {

    private final List<GatewayFixture> nodes;
    private final Runnable between;
    private final Runnable end;

    private Gateways(List<GatewayFixture> nodes, Runnable between, Runnable end) {
      this.nodes = nodes;
      this.between = between;
      this.end = end;
    }

    /** All of them. */
    public List<GatewayFixture> nodes() {
      return nodes;
    }

    /** The only one, or the one for HTTP requests. */
    public GatewayFixture first() {
      return nodes.getFirst();
    }

    /**
     * A stage on which every client connects to the next node.
     *
     * @param prefix what the ids of its scene begin with
     */
    public Stage stage(String prefix) {
      return new Stage(servers(), between, prefix);
    }

    /** Their addresses, for {@link Stage}. */
    public List<URI> servers() {
      return nodes.stream().map(node -> node.httpUri("")).toList();
    }

    /** Waits until the nodes have propagated their state to each other. */
    public void settle() {
      between.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
