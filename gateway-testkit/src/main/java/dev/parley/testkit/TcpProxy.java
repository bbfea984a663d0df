package dev.parley.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a client and a server on loopback that injects faults of a network: it cuts
 * connections and refuses new ones, lets them hang, delays them, or loses a reply. Any thread.
 */
public final class TcpProxy implements AutoCloseable {

  private final int target;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Predicate<String>> replyToLose = new AtomicReference<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cut;
  private boolean stalled;
  private @Nullable Delay delay;

  /** The delay, in nanoseconds. */
  private record Delay(long least, long most) {

    long any() {
      return ThreadLocalRandom.current().nextLong(least, most + 1);
    }
  }

  private TcpProxy(int target) {
    this.target = target;
    try {
      door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A proxy of a port of loopback; it forwards everything. */
  public static TcpProxy to(int port) {
    return new TcpProxy(port);
  }

  /** Where clients connect. */
  public int port() {
    return door.getLocalPort();
  }

  /** Cuts all connections, and new ones at once, until {@link #restore}. */
  public void cut() {
    cut = true;
    sockets.forEach(TcpProxy::close);
  }

  /** Ends all faults: accepts connections again, resumes those that hang, and removes the delay. */
  public void restore() {
    cut = false;
    change(() -> {
      stalled = false;
      delay = null;
    });
  }

  /** Forwards nothing any more; connections stay open, and new ones are accepted. */
  public void stall() {
    change(() -> stalled = true);
  }

  /**
   * Delays everything until {@link #restore}, in both directions, in order: each piece takes a time
   * between these two, so a round trip takes twice that.
   */
  public void delay(Duration least, Duration most) {
    change(() -> delay = new Delay(least.toNanos(), most.toNanos()));
  }

  /**
   * Loses the next matching reply, after the server has executed the command, and cuts all
   * connections until {@link #restore}.
   *
   * @param reply recognises the reply by its text
   */
  public void loseReply(Predicate<String> reply) {
    replyToLose.set(reply);
  }

  /** How many connections clients have made or tried to make. */
  public int attempts() {
    return attempts.get();
  }

  /** Whether connections are cut. */
  public boolean isCut() {
    return cut;
  }

  @Override
  public void close() {
    cut();
    change(() -> stalled = false);
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        attempts.incrementAndGet();
        sockets.add(client);
        if (cut) {
          close(client);
          sockets.remove(client);
        } else {
          connect(client);
        }
      } catch (IOException closed) {
        // Either the server socket, and the loop ends, or one client, and the loop goes on.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException refused) {
      close(client);
      sockets.remove(client);
      throw refused;
    }
    sockets.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(() -> pump(client, server, false));
    Thread.ofVirtual().start(() -> pump(server, client, true));
    if (cut) {
      close(client);
      close(server);
    }
  }

  private void pump(Socket from, Socket to, boolean replies) {
    byte[] bytes = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        awaitFlow();
        if (replies && isToBeLost(bytes, read)) {
          cut();
          break;
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException ended) {
      // Cut, by the proxy or by either side; closing the sockets propagates it.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private boolean isToBeLost(byte[] bytes, int length) {
    Predicate<String> reply = replyToLose.get();
    return reply != null
        && reply.test(new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
        && replyToLose.compareAndSet(reply, null);
  }

  private void awaitFlow() throws InterruptedException {
    lock.lock();
    try {
      Delay now = delay;
      long left = now == null ? 0 : now.any();
      while (delay != null && left > 0) {
        left = changed.awaitNanos(left);
      }
      while (stalled) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      // It is as good as closed.
    }
  }
}
