package dev.parley.conformance.peerjs;

import dev.parley.testkit.Scene;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Plays scenes on the original and on Parley. Servers are started when they are first needed and
 * shared by all scenes. Any thread.
 */
final class Differential implements AutoCloseable {

  private final Map<ServerOptions, Server> originals = new ConcurrentHashMap<>();
  private final Map<ServerOptions, Server> parleys = new ConcurrentHashMap<>();
  private final AtomicInteger scenes = new AtomicInteger();
  private final ExecutorService players = Executors.newVirtualThreadPerTaskExecutor();

  /** The scene goes as it says on both, and its clients see the same. */
  void same(Scene scene) {
    same(ServerOptions.SHARED, scene);
  }

  /** As {@link #same(Scene)}, with other options. */
  void same(ServerOptions options, Scene scene) {
    compare(options, options, scene).mustAgree();
  }

  /** Plays the scene on both servers at once. */
  Comparison compare(ServerOptions ofOriginal, ServerOptions ofParley, Scene scene) {
    return compare(original(ofOriginal), parley(ofParley), scene);
  }

  /** Plays the scene on the original and on any other server at once. */
  Comparison compare(ServerOptions ofOriginal, Server other, Scene scene) {
    return compare(original(ofOriginal), other, scene);
  }

  private Comparison compare(Server original, Server other, Scene scene) {
    String prefix = nextPrefix();
    Future<Performance> one = players.submit(() -> Performance.of(scene, original, prefix));
    Future<Performance> two = players.submit(() -> Performance.of(scene, other, prefix));
    return new Comparison(result(one), result(two));
  }

  private static Performance result(Future<Performance> future) {
    try {
      return future.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** What Parley does better: the scene goes as it says on Parley. */
  void onParley(ServerOptions options, Scene scene) {
    mustGoWell("Parley", Performance.of(scene, parley(options), nextPrefix()));
  }

  /** What the original does instead, which is what makes the difference one. */
  void onOriginal(ServerOptions options, Scene scene) {
    mustGoWell("the original", Performance.of(scene, original(options), nextPrefix()));
  }

  private static void mustGoWell(String who, Performance performance) {
    performance
        .failure()
        .ifPresent(
            cause -> {
              throw new AssertionError(
                  "On " + who + ": " + cause.getMessage() + "\n" + performance.transcript(), cause);
            });
  }

  private String nextPrefix() {
    return "s" + scenes.incrementAndGet();
  }

  private Server original(ServerOptions options) {
    return running(originals, options, OriginalServer::start);
  }

  private Server parley(ServerOptions options) {
    return running(parleys, options, ParleyServer::start);
  }

  private static Server running(Map<ServerOptions, Server> servers, ServerOptions options,
      Function<ServerOptions, Server> start) {
    return servers.computeIfAbsent(options, start);
  }

  @Override
  public void close() {
    List<Collection<Server>> all = new ArrayList<>(List.of(originals.values(), parleys.values()));
    all.forEach(servers -> servers.forEach(Server::close));
    players.close();
  }
}
