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
  /** Three nodes on one Redis, and every client on another one than those before it. */
  THREE_NODES;

  /**
   * Starts the nodes.
   *
   * @param node says what each of them is like, but for the cluster
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

  /** Gateways that are one for those who connect to them. Any thread but event loops. */
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

    /** The only one, or the one that is asked over HTTP. */
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

    /** Where they are, for {@link Stage}. */
    public List<URI> servers() {
      return nodes.stream().map(node -> node.httpUri("")).toList();
    }

    /** What they know so far has got through to the others. */
    public void settle() {
      between.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
