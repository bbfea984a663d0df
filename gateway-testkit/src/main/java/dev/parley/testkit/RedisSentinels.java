package dev.parley.testkit;

import dev.parley.config.ServiceUrl;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A master with a replica, and a Sentinel that looks after both. Any thread but event loops. */
public final class RedisSentinels implements AutoCloseable {

  private static final String NAME = "main";

  private final RedisServer master;
  private final RedisServer replica;
  private final RedisServer sentinel;

  /** Starts them; returns when the replica is up to date and known to the Sentinel. */
  public RedisSentinels(Path folder) {
    master = RedisServer.startForReplicas(folder(folder, "master"));
    replica = RedisServer.startForReplicas(folder(folder, "replica"));
    RedisCommands.ask(
        replica.port(), "REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
    Waits.until(
        "the replica to be up to date",
        () -> RedisCommands.ask(replica.port(), "INFO", "replication").getFirst()
            .contains("master_link_status:up"));
    // The master sends nothing before the next acknowledgement of the replica, a second later.
    Waits.until(
        "the replica to get what is new",
        () -> RedisCommands.ask(master.port(), "INFO", "replication").getFirst()
            .contains("state=online"));
    try {
      Path configuration = folder(folder, "sentinel").resolve("sentinel.conf");
      Files.writeString(
          configuration,
          """
              sentinel monitor %1$s 127.0.0.1 %2$d 1
              sentinel down-after-milliseconds %1$s 500
              sentinel failover-timeout %1$s 5000
              """.formatted(NAME, master.port()));
      sentinel = RedisServer.startAsSentinel(configuration);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Waits.until(
        "the Sentinel to know the replica",
        () -> RedisCommands.ask(sentinel.port(), "SENTINEL", "REPLICAS", NAME)
            .contains(Integer.toString(replica.port())));
  }

  private static Path folder(Path parent, String name) {
    try {
      return Files.createTempDirectory(parent, name);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The URL for locating the master. */
  public ServiceUrl url() {
    return ServiceUrl.parse("redis+sentinel://127.0.0.1:" + sentinel.port() + "/" + NAME);
  }

  /** The first master. */
  public RedisServer master() {
    return master;
  }

  /** The first replica. */
  public RedisServer replica() {
    return replica;
  }

  /** Cuts the replica off from its master, and holds it. */
  public void leaveReplicaBehind() {
    RedisCommands.ask(replica.port(), "CLIENT", "KILL", "TYPE", "MASTER");
    replica.hold();
  }

  /** Whether the replica has become the master. */
  public boolean hasFailedOver() {
    try {
      return RedisCommands.ask(replica.port(), "ROLE").getFirst().equals("master");
    } catch (UncheckedIOException busy) {
      return false; // A promotion closes all connections.
    }
  }

  @Override
  public void close() {
    List.of(sentinel, replica, master).forEach(RedisServer::close);
  }
}
