package dev.parley.conformance.differential;

import dev.parley.testkit.Pace;
import dev.parley.testkit.Scene;
import dev.parley.testkit.Score;
import dev.parley.testkit.Settling;
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
import java.util.function.UnaryOperator;

/**
 * Plays scenes on the original and on another server, which is Parley except in tests of the tests.
 * Servers are started when they are first needed and shared by all scenes. Any thread.
 *
 * @param <O> how a server is started; equal options are one server
 */
public final class Differential<O> implements AutoCloseable {

  private final Make<O> make;
  private final Map<O, Server> originals = new ConcurrentHashMap<>();
  private final Map<O, Server> others = new ConcurrentHashMap<>();
  private final AtomicInteger scenes = new AtomicInteger();
  private final ExecutorService players = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * The compared servers.
   *
   * @param usual how the servers are started unless a scene says otherwise
   * @param original starts the original
   * @param other starts the other
   * @param settling how to detect that they have processed everything
   * @param essence the part of a line that is compared
   */
  public record Make<O>(O usual, Function<O, Server> original, Function<O, Server> other,
      Settling settling, UnaryOperator<String> essence) {

    /** Compares whole lines. */
    public Make(O usual, Function<O, Server> original, Function<O, Server> other,
        Settling settling) {
      this(usual, original, other, settling, UnaryOperator.identity());
    }
  }

  /** Starts nothing yet. */
  public Differential(Make<O> make) {
    this.make = make;
  }

  /** Asserts that both meet the scene's expectations, with equal transcripts. */
  public void same(Scene scene) {
    same(make.usual(), scene);
  }

  /** As {@link #same(Scene)}, with other options. */
  public void same(O options, Scene scene) {
    compare(options, options, scene).mustAgree();
  }

  /** As {@link #compare(Object, Object, Scene)}, with the usual options. */
  public Comparison compare(Scene scene) {
    return compare(make.usual(), make.usual(), scene);
  }

  /** Plays the scene on both servers. */
  public Comparison compare(O ofOriginal, O ofOther, Scene scene) {
    return compare(original(ofOriginal), other(ofOther), scene);
  }

  /** Plays the scene on the original and on any other server. */
  public Comparison compare(O ofOriginal, Server other, Scene scene) {
    return compare(original(ofOriginal), other, scene);
  }

  private Comparison compare(Server original, Server other, Scene scene) {
    String prefix = nextPrefix();
    return other.addresses().size() == 1
        ? sideBySide(original, other, scene, prefix)
        : oneAfterTheOther(original, other, scene, prefix);
  }

  private Comparison sideBySide(Server original, Server other, Scene scene, String prefix) {
    Future<Performance> one =
        players.submit(() -> perform(scene, original, prefix, Pace.BY_ASKING));
    Future<Performance> two = players.submit(() -> perform(scene, other, prefix, Pace.BY_ASKING));
    return new Comparison(result(one), result(two));
  }

  /** After a probe, another server may still send more messages. */
  private Comparison oneAfterTheOther(
      Server original, Server other, Scene scene, String prefix) {
    Score score = new Score();
    Performance first = perform(scene, original, prefix, score.leading());
    return new Comparison(first, perform(scene, other, prefix, score.following(scene)));
  }

  private Performance perform(Scene scene, Server server, String prefix, Pace pace) {
    return Performance.of(scene, server, prefix, make.settling(), pace).reduced(make.essence());
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

  /** Asserts an improvement: the scene's expectations hold on Parley. */
  public void onParley(O options, Scene scene) {
    goesWell(scene, other(options));
  }

  /** Asserts the different behaviour of the original. */
  public void onOriginal(O options, Scene scene) {
    goesWell(scene, original(options));
  }

  private void goesWell(Scene scene, Server server) {
    Performance performance = perform(scene, server, nextPrefix(), Pace.BY_ASKING);
    performance
        .failure()
        .ifPresent(
            cause -> {
              throw new AssertionError(
                  "On " + server.name() + ": " + cause.getMessage() + "\n"
                      + performance.transcript(),
                  cause);
            });
  }

  private String nextPrefix() {
    return "s" + scenes.incrementAndGet();
  }

  /** The original that is started so. */
  public Server original(O options) {
    return originals.computeIfAbsent(options, make.original());
  }

  private Server other(O options) {
    return others.computeIfAbsent(options, make.other());
  }

  @Override
  public void close() {
    List<Collection<Server>> all = new ArrayList<>(List.of(originals.values(), others.values()));
    all.forEach(servers -> servers.forEach(Server::close));
    players.close();
  }
}
