package dev.parley.bench.run;

import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.hub.HubCommand;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.ProcessTree;
import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.PeersRun;
import dev.parley.bench.server.JvmCollection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The cost of registered peers for a cluster, without their sockets: several processes with a
 * node's hub claim ids. A tenth of the peers comes first, so that one-time costs, and code that is
 * not compiled yet, do not count.
 */
final class RegisteredPeers {

  private static final int FIRST_SHARE = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern READY = Pattern.compile("^" + HubCommand.READY + "$");
  private static final Pattern CLAIMED = Pattern.compile("^" + HubCommand.CLAIMED + "$");
  private static final double MILLIS = 1e3;

  private final ClusterPrograms programs;
  private final ClusterCores cores;
  private final int peers;
  private final double idleSeconds;

  /**
   * Peers.
   *
   * @param idleSeconds how long the cost of idle peers is measured
   */
  RegisteredPeers(ClusterPrograms programs, ClusterCores cores, int peers, double idleSeconds) {
    this.programs = programs;
    this.cores = cores;
    this.peers = peers;
    this.idleSeconds = idleSeconds;
  }

  List<Measurement> measure(int hubs) throws IOException, InterruptedException {
    List<ChildProcess> processes = new ArrayList<>();
    try (RedisProcess redis = RedisProcess.start(programs.redisServer(), cores.redis())) {
      try {
        for (int i = 0; i < hubs; i++) {
          processes.add(start(redis, i));
        }
        for (ChildProcess hub : processes) {
          var unused = hub.awaitLine(READY, PATIENCE);
        }
        Measurement run = measure(redis, processes);
        release(processes);
        return List.of(run);
      } finally {
        processes.forEach(ChildProcess::close);
      }
    }
  }

  private ChildProcess start(RedisProcess redis, int number) throws IOException {
    return ChildProcess.start("hub " + (number + 1),
        programs.jvm().launch(List.of(HubCommand.NAME,
            "--redis", redis.url(), "--seed", Integer.toString(number + 1))),
        cores.nodes());
  }

  private PeersRun measure(RedisProcess redis, List<ChildProcess> hubs)
      throws IOException, InterruptedException {
    claim(hubs, peers / FIRST_SHARE);
    long hubsBefore = settledBytes(hubs);
    long redisBefore = redis.counts().usedBytes();
    CpuTime cpu = redis.cpu();
    long begin = System.nanoTime();
    claim(hubs, peers);
    double seconds = secondsSince(begin);
    double cpuSeconds = seconds(redis.cpu().minus(cpu));
    long hubsAfter = settledBytes(hubs);
    long redisAfter = redis.counts().usedBytes();
    return new PeersRun(peers,
        new PeersRun.Claiming(seconds, cpuSeconds),
        new PeersRun.Keeping(redisBefore, redisAfter, hubsBefore, hubsAfter),
        idle(redis, hubs));
  }

  private PeersRun.Idling idle(RedisProcess redis, List<ChildProcess> hubs)
      throws IOException, InterruptedException {
    CpuTime redisCpu = redis.cpu();
    CpuTime hubsCpu = cpu(hubs);
    long begin = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep((long) (MILLIS * idleSeconds));
    double seconds = secondsSince(begin);
    return new PeersRun.Idling(
        MILLIS * seconds(redis.cpu().minus(redisCpu)) / seconds,
        MILLIS * seconds(cpu(hubs).minus(hubsCpu)) / seconds);
  }

  /** Has as many more peers claimed, by all hubs together and at the same time. */
  private static void claim(List<ChildProcess> hubs, int peers)
      throws IOException, InterruptedException {
    for (int i = 0; i < hubs.size(); i++) {
      int share = peers * (i + 1) / hubs.size() - peers * i / hubs.size();
      hubs.get(i).tell(Integer.toString(share));
    }
    for (ChildProcess hub : hubs) {
      var unused = hub.awaitLine(CLAIMED, PATIENCE);
    }
  }

  /** Lets the hubs end, whose peers must all have been there until now. */
  private static void release(List<ChildProcess> hubs) throws IOException, InterruptedException {
    for (ChildProcess hub : hubs) {
      hub.endInput();
    }
    for (ChildProcess hub : hubs) {
      if (hub.awaitEnd(PATIENCE) != 0) {
        throw new IOException("a hub did not keep its peers: " + hub.lastWords());
      }
    }
  }

  private long settledBytes(List<ChildProcess> hubs) throws IOException, InterruptedException {
    JvmCollection garbage = new JvmCollection(programs.jvm());
    long bytes = 0;
    for (ChildProcess hub : hubs) {
      garbage.run(hub);
      garbage.run(hub);
      bytes += new ProcessTree(hub.handle()).residentBytes();
    }
    return bytes;
  }

  private static CpuTime cpu(List<ChildProcess> hubs) throws IOException {
    CpuTime all = CpuTime.ZERO;
    for (ChildProcess hub : hubs) {
      all = all.plus(new ProcessTree(hub.handle()).cpu());
    }
    return all;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static double seconds(CpuTime time) {
    return time.total().toNanos() / 1e9;
  }
}
