package dev.parley.bench.hub;

import dev.parley.bench.machine.Waits;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.RedisHub;
import dev.parley.config.ServiceUrl;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A node's hub without the rest of the node, as a process of its own. Each line on its standard
 * input is how many more peers it is to claim; when they are granted, it says {@code claimed}.
 * The end of standard input ends it; if peers have lost their ids by then, that is a failure.
 */
@Command(name = HubCommand.NAME, hidden = true,
    description = "Keep idle peers in a cluster; scripts/bench starts this.")
public final class HubCommand implements Callable<Integer> {

  /** What it is called on the command line; no server's name, which may stand there too. */
  public static final String NAME = "run-hub";

  /** Its output when it is part of the cluster. */
  public static final String READY = "hub is ready";

  /** Its output when peers are claimed. */
  public static final String CLAIMED = "claimed";

  @Option(names = "--redis", required = true,
      description = "The Redis of the cluster.") private String redis = "";

  @Option(names = "--seed", required = true,
      description = "Makes the ids differ from those of other hubs.") private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx();
    RedisHub hub = new RedisHub(vertx, ClusterOptions.DEFAULT.at(ServiceUrl.parse(redis)),
        MailboxLimits.DEFAULT, GroupLimits.DEFAULT, new SimpleMeterRegistry());
    try {
      Waits.join("the start of the hub", hub.start());
      System.out.println(READY);
      claim(new IdlePeers(hub, seed));
      return 0;
    } finally {
      Waits.join("the end of the hub", hub.close().eventually(vertx::close));
    }
  }

  private static void claim(IdlePeers peers) throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      peers.claim(Integer.parseInt(line));
      System.out.println(CLAIMED);
    }
    peers.check(peers.size());
  }

}
