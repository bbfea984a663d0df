import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/**
 * One port in front of several: each connection goes to the next port that accepts it. For the demo
 * alone; it runs from its source: {@code java RoundRobin.java PORT NODE_PORT...}, all on loopback.
 * Port 0 lets the system choose. It prints its port once it listens.
 */
final class RoundRobin {

  private final int[] nodes;
  private int next;

  private RoundRobin(int[] nodes) {
    this.nodes = nodes;
  }

  public static void main(String[] args) throws IOException {
    int[] ports = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    RoundRobin front = new RoundRobin(Arrays.copyOfRange(ports, 1, ports.length));
    try (ServerSocket listener =
        new ServerSocket(ports[0], 128, InetAddress.getLoopbackAddress())) {
      System.out.println(listener.getLocalPort());
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> front.serve(client));
      }
    }
  }

  private void serve(Socket client) {
    try (client; Socket node = connect()) {
      client.setTcpNoDelay(true);
      node.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> copy(node, client));
      copy(client, node);
      back.join();
    } catch (IOException nobody) {
      System.err.println("front: " + nobody.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException {
    for (int attempt = 0; attempt < nodes.length; attempt++) {
      Socket node = new Socket();
      try {
        node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), turn()), 1000);
        return node;
      } catch (IOException away) {
        node.close();
      }
    }
    throw new IOException("no node accepts connections");
  }

  private synchronized int turn() {
    next = (next + 1) % nodes.length;
    return nodes[next];
  }

  /** Copies until one side ends its output, and ends that of the other one. */
  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      // What is cut on one side is cut on the other: the thread that reads there wakes up.
      closeBoth(from, to);
    }
  }

  private static void closeBoth(Socket one, Socket other) {
    try (one; other) {
      return;
    } catch (IOException gone) {
      System.err.println("front: " + gone.getMessage());
    }
  }
}
