package dev.parley.bench.run;

import dev.parley.bench.attack.Attack;
import dev.parley.bench.attack.AttackCommand;
import dev.parley.bench.attack.AttackResult;
import dev.parley.bench.load.Innocents;
import dev.parley.bench.load.InnocentsCommand;
import dev.parley.bench.machine.AttackCores;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.machine.Orders;
import dev.parley.bench.machine.ProcessTree;
import dev.parley.bench.report.AttackRow;
import dev.parley.bench.report.AttackSetting;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.RunningServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays attacks on a node beside innocents. */
public final class AttackTrials {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final double TRY_SECONDS = 0.5;
  private static final double LOOK_AGAIN_SECONDS = 3;

  private final Contender node;
  private final AttackCores cores;
  private final Jvm jvm;
  private final AttackSetting setting;
  private final PrintStream progress;

  /**
   * Trials of a node.
   *
   * @param jvm runs innocents and attackers
   * @param progress receives a line for each step
   */
  public AttackTrials(Contender node, AttackCores cores, Jvm jvm, AttackSetting setting,
      PrintStream progress) {
    this.node = node;
    this.cores = cores;
    this.jvm = jvm;
    this.setting = setting;
    this.progress = progress;
  }

  /** What was found; failures are attacks of which nothing can be said. */
  public record Outcome(List<AttackRow> rows, List<String> failures) {}

  /** Plays them, one after the other. */
  public Outcome play(List<Attack> attacks) throws InterruptedException {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    Scene scene = null;
    try {
      for (Attack attack : attacks) {
        progress.println("attack: " + attack.name());
        try {
          if (scene == null) {
            scene = new Scene();
          }
          outcome.rows.add(scene.play(attack));
          if (setting.thorough()) {
            scene = closed(scene);
          }
        } catch (IOException | IllegalArgumentException failed) {
          outcome.failures.add(attack.name() + ": " + failed.getMessage()
              + (scene == null || scene.server.isAlive() ? ""
                  : "; the node has ended: " + scene.server.lastWords()));
          scene = closed(scene);
        }
      }
    } finally {
      var unused = closed(scene);
    }
    return outcome;
  }

  private static @Nullable Scene closed(@Nullable Scene scene) {
    if (scene != null) {
      scene.close();
    }
    return null;
  }

  /** A node, its innocents and its attackers. */
  private final class Scene implements AutoCloseable {

    private final RunningServer server;
    private final ChildProcess innocents;
    private final ChildProcess attackers;

    /** Memory that was found when the last attack was over; 0 if there was none. */
    private long lastAfter;

    Scene() throws IOException, InterruptedException {
      server = RunningServer.start(node, cores.node());
      try {
        innocents = startInnocents();
      } catch (IOException | RuntimeException failed) {
        server.close();
        throw failed;
      }
      try {
        attackers = startAttackers();
      } catch (IOException | RuntimeException failed) {
        innocents.close();
        server.close();
        throw failed;
      }
    }

    private ChildProcess startInnocents() throws IOException {
      return ChildProcess.start("the innocents", jvm.steady(List.of(InnocentsCommand.NAME,
          "--port", Integer.toString(server.port()),
          "--pairs", Integer.toString(setting.pairs()),
          "--quiet", QUIET.toString())), cores.innocents());
    }

    private ChildProcess startAttackers() throws IOException {
      Launch launch = jvm.launch(
          List.of(AttackCommand.NAME, "--port", Integer.toString(server.port())));
      return ChildProcess.start(
          "the attackers", cores.ofAttackers().of(launch), cores.attackers());
    }

    AttackRow play(Attack attack) throws IOException, InterruptedException {
      ProcessTree tree = server.tree();
      Orders.give(innocents, "connect", PATIENCE);
      phase("warm-up", setting.warmUpRate());
      if (setting.thorough()) {
        // What it does for the first time is done now: classes and compiled code are not garbage.
        var unused = attack("try", attack.name(), TRY_SECONDS);
      }
      sleep(setting.warmUpSeconds());
      long before = lastAfter > 0 ? lastAfter : leastBytes();
      phase(AttackRow.QUIET);
      sleep(setting.quietSeconds());
      tree.forgetPeak();
      final long lines = server.lines();
      final CpuTime cpu = tree.cpu();
      phase(AttackRow.DURING);
      AttackResult result = attack(setting.thorough() ? "attack" : "try", attack.name(),
          attack.length() * setting.seconds());
      phase(AttackRow.AFTER);
      double cpuSeconds = tree.cpu().minus(cpu).total().toNanos() / 1e9;
      long peak = tree.peakBytes();
      sleep(setting.quietSeconds());
      phase("rest");
      long after = bytesComeBack(before, result.left());
      lastAfter = setting.thorough() ? 0 : after;
      Innocents.Result others =
          Orders.give(innocents, "end", Innocents.Result.class, PATIENCE);
      return new AttackRow(result, others,
          new AttackRow.Use(cpuSeconds, before, peak, after, server.lines() - lines));
    }

    /** What the node needs: less than it holds if it has not let go of all by itself yet. */
    private long leastBytes() throws IOException, InterruptedException {
      server.collectGarbage();
      server.trim();
      return settledBytes();
    }

    /** What the node holds when it has had time to let go by itself of all but garbage. */
    private long bytesComeBack(long before, long left) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + (long) (setting.memorySeconds() * 1e9);
      long after = settledBytes();
      while (AttackRow.isMemoryKept(before, after, left) && System.nanoTime() - deadline < 0) {
        sleep(LOOK_AGAIN_SECONDS);
        after = settledBytes();
      }
      return after;
    }

    private long settledBytes() throws IOException, InterruptedException {
      server.collectGarbage();
      if (setting.thorough()) {
        server.collectGarbage();
      }
      return server.tree().residentBytes();
    }

    private void phase(String name) throws IOException, InterruptedException {
      phase(name, setting.rate());
    }

    private void phase(String name, int rate) throws IOException, InterruptedException {
      Orders.give(innocents, "phase " + name + " " + rate, PATIENCE);
    }

    private AttackResult attack(String size, String name, double seconds)
        throws IOException, InterruptedException {
      Duration patience = PATIENCE.plusMillis((long) (4000 * setting.seconds()));
      return Orders.give(attackers, "%s %s %s".formatted(size, name, seconds),
          AttackResult.class, patience);
    }

    @Override
    public void close() {
      attackers.close();
      innocents.close();
      server.close();
    }
  }

  private static void sleep(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
  }
}
