package dev.parley.bench.run;

import dev.parley.bench.load.LoadShape;
import dev.parley.bench.load.Phase;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.report.IdleRun;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Setting;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a connection costs a server that has nothing to do for it: the growth of its memory with
 * many of them, from a tenth of them on, so that what the first ones need once for all does not
 * count.
 */
final class IdleClients implements Part {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FIRST_SHARE = 10;

  private final CorePlan cores;
  private final LoadProcess load;
  private final Setting setting;

  IdleClients(CorePlan cores, LoadProcess load, Setting setting) {
    this.cores = cores;
    this.load = load;
    this.setting = setting;
  }

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Measurement> measure(Contender contender) throws IOException, InterruptedException {
    int connections = setting.idleConnections();
    try (RunningServer server = RunningServer.start(contender, cores.one());
        ChildProcess first = connect(server, connections / FIRST_SHARE, "first")) {
      long before = settledBytes(server);
      try (ChildProcess others = connect(server, connections, "others")) {
        long after = settledBytes(server);
        release(others);
        release(first);
        return List.of(new IdleRun(connections, before, after));
      }
    }
  }

  private ChildProcess connect(RunningServer server, int connections, String prefix)
      throws IOException, InterruptedException {
    ChildProcess clients = load.start(server, connections, new LoadShape.Idle(),
        "--prefix", prefix, "--patience", PATIENCE.toString());
    try {
      LoadProcess.await(clients, Phase.CONNECTED, PATIENCE);
      return clients;
    } catch (IOException | InterruptedException failed) {
      clients.close();
      throw failed;
    }
  }

  /** Lets the clients go, who must all have been there until now. */
  private static void release(ChildProcess clients) throws IOException, InterruptedException {
    clients.endInput();
    if (clients.awaitEnd(PATIENCE) != 0) {
      throw new IOException(
          "the server did not keep its idle connections: " + clients.lastWords());
    }
  }

  private static long settledBytes(RunningServer server) throws IOException, InterruptedException {
    server.collectGarbage();
    server.collectGarbage();
    return server.tree().residentBytes();
  }
}
