package dev.parley.testkit;

import dev.parley.config.ServiceUrl;
import dev.parley.testkit.waits.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Redis Cluster of three masters that have a third of the slots each, and if wanted a replica of
 * the one that has a certain slot. Any thread but event loops.
 */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final int MASTERS = 3;

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster(Path folder, int replicatedSlot) {
    try {
      for (int i = 0; i < MASTERS; i++) {
        nodes.add(
            RedisServer.startAsClusterNode(Files.createTempDirectory(folder, "node")));
      }
      join();
      if (replicatedSlot >= 0) {
        replicate(folder, replicatedSlot);
      }
    } catch (IOException failed) {
      close();
      throw new UncheckedIOException(failed);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** One without replicas. */
  public static RedisCluster start(Path folder) {
    return new RedisCluster(folder, -1);
  }

  /** One in which the master of a slot has a replica. */
  public static RedisCluster startWithReplica(Path folder, int slot) {
    return new RedisCluster(folder, slot);
  }

  private void join() {
    for (int i = 0; i < MASTERS; i++) {
      List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
          .forEach(slot -> slots.add(Integer.toString(slot)));
      ask(i, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      ask(i, slots.toArray(String[]::new));
      ask(0, "CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(i).port()));
    }
    Waits.until("the cluster to be one", () -> IntStream.range(0, MASTERS).allMatch(this::isUp));
  }

  private boolean isUp(int node) {
    String info = ask(node, "CLUSTER", "INFO").getFirst();
    return info.contains("cluster_state:ok")
        && info.contains("cluster_known_nodes:" + nodes.size());
  }

  private void replicate(Path folder, int slot) throws IOException {
    int master = ownerOf(slot);
    nodes.add(RedisServer.startAsClusterNode(Files.createTempDirectory(folder, "replica")));
    int replica = nodes.size() - 1;
    ask(0, "CLUSTER", "MEET", "127.0.0.1", Integer.toString(nodes.get(replica).port()));
    Waits.until(
        "the replica to be known",
        () -> IntStream.range(0, nodes.size()).allMatch(this::isUp));
    String id = ask(master, "CLUSTER", "MYID").getFirst();
    ask(replica, "CLUSTER", "REPLICATE", id);
    Waits.until(
        "the replica to be up to date",
        () -> ask(replica, "INFO", "replication").getFirst().contains("master_link_status:up"));
    Waits.until(
        "the replica to get what is new",
        () -> ask(master, "INFO", "replication").getFirst().contains("state=online"));
    Waits.until(
        "everybody to know of the replica",
        () -> IntStream.range(0, nodes.size())
            .allMatch(node -> ask(node, "CLUSTER", "NODES").getFirst().contains("slave " + id)));
  }

  private List<String> ask(int node, String... words) {
    return RedisCommands.ask(nodes.get(node).port(), words);
  }

  /** Its URL, with all of its nodes. */
  public ServiceUrl url() {
    return ServiceUrl.parse(
        "redis://" + String.join(",",
            nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList()));
  }

  /** The server of the master that has a slot. */
  public RedisServer master(int slot) {
    return nodes.get(ownerOf(slot));
  }

  private int ownerOf(int slot) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isRunning()) {
        for (String line : ask(i, "CLUSTER", "NODES").getFirst().split("\n")) {
          if (line.contains("myself,master") && has(line, slot)) {
            return i;
          }
        }
      }
    }
    throw new IllegalStateException("nobody has slot " + slot);
  }

  private static boolean has(String line, int slot) {
    String[] words = line.split(" ");
    for (int i = 8; i < words.length; i++) {
      String[] range = words[i].split("-");
      if (!words[i].startsWith("[") && Integer.parseInt(range[0]) <= slot
          && slot <= Integer.parseInt(range[range.length - 1])) {
        return true;
      }
    }
    return false;
  }

  /** Moves a slot with its keys to another master, a few keys at a time. */
  public void move(int slot) {
    int from = ownerOf(slot);
    int to = (from + 1) % MASTERS;
    String number = Integer.toString(slot);
    String source = ask(from, "CLUSTER", "MYID").getFirst();
    String target = ask(to, "CLUSTER", "MYID").getFirst();
    ask(to, "CLUSTER", "SETSLOT", number, "IMPORTING", source);
    ask(from, "CLUSTER", "SETSLOT", number, "MIGRATING", target);
    for (List<String> keys = ask(from, "CLUSTER", "GETKEYSINSLOT", number, "3"); !keys
        .isEmpty(); keys = ask(from, "CLUSTER", "GETKEYSINSLOT", number, "3")) {
      List<String> move = new ArrayList<>(
          List.of("MIGRATE", "127.0.0.1", Integer.toString(nodes.get(to).port()), "", "0",
              "5000", "KEYS"));
      move.addAll(keys);
      ask(from, move.toArray(String[]::new));
    }
    ask(to, "CLUSTER", "SETSLOT", number, "NODE", target);
    for (int i = 0; i < MASTERS; i++) {
      ask(i, "CLUSTER", "SETSLOT", number, "NODE", target);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
