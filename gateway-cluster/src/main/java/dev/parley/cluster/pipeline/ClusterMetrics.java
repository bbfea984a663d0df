package dev.parley.cluster.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** Metrics of a node about its cluster. Thread-safe. */
public final class ClusterMetrics {

  private static final List<String> REFUSABLE = List.of("claim", "signal", "group", "watch");

  /** Kinds of keys that may be set aside; registered at 0, so that the first one is an increase. */
  private static final List<String> KINDS =
      List.of(
          "arrivals", "due", "envelope", "event", "grave", "graves", "group", "groupdue",
          "groupversion", "held", "hold", "inbox", "mail", "nodes", "peer", "peers", "realm",
          "seat",
          "sender", "signal", "users", "watch", "watching");

  private final MeterRegistry registry;
  private final Counter nodeEpochs;
  private final Counter evictions;
  private final Counter commits;
  private final Counter retries;
  private final Counter restored;

  public ClusterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.nodeEpochs =
        Counter.builder("parley.cluster.epochs")
            .description("Epochs of this node: one at its start, and one more for each time it"
                + " was evicted")
            .register(registry);
    this.evictions =
        Counter.builder("parley.cluster.evictions")
            .description("Failed nodes that this one evicted")
            .register(registry);
    this.commits =
        Counter.builder("parley.cluster.group.commits")
            .description("Commands of groups of this node that were committed")
            .register(registry);
    this.restored =
        Counter.builder("parley.cluster.restored")
            .description("Entries of this node that were missing in Redis and were written again")
            .register(registry);
    REFUSABLE.forEach(this::memoryRefusals);
    KINDS.forEach(this::asides);
    this.retries =
        Counter.builder("parley.cluster.group.retries")
            .description("Commands of groups that were retried, because another node had changed"
                + " one of their records")
            .register(registry);
  }

  private Counter memoryRefusals(String what) {
    return Counter.builder("parley.cluster.memory.refusals")
        .description("Requests that were refused because Redis is out of memory")
        .tag("what", what)
        .register(registry);
  }

  private Counter asides(String key) {
    return Counter.builder("parley.cluster.set.aside")
        .description("Unreadable data in Redis that was set aside")
        .tag("key", key)
        .register(registry);
  }

  /** Registers gauges of a hub's state. */
  public void observe(
      Supplier<Boolean> connected, Supplier<Boolean> outOfMemory, CommandPipeline pipeline,
      Supplier<Number> peers) {
    Gauge.builder("parley.cluster.out.of.memory", () -> outOfMemory.get() ? 1 : 0)
        .description("1 if the Redis of the cluster is at its maxmemory, else 0")
        .register(registry);
    Gauge.builder("parley.cluster.connected", () -> connected.get() ? 1 : 0)
        .description("1 if this node reaches the Redis of its cluster, else 0")
        .register(registry);
    Gauge.builder("parley.cluster.pending", pipeline, CommandPipeline::waiting)
        .description("Commands that wait for the next batch to Redis")
        .register(registry);
    Gauge.builder("parley.cluster.peers", peers)
        .description("Ids that clients of this node own or claim")
        .register(registry);
    FunctionCounter.builder("parley.cluster.batches", pipeline, CommandPipeline::batches)
        .description("Batches of the command pipeline")
        .register(registry);
  }

  /** A request was refused because Redis is out of memory. */
  public void refusedForMemory(String what) {
    memoryRefusals(what).increment();
  }

  /** Unreadable data in Redis was set aside. */
  void setAside(String key, int times) {
    asides(key).increment(times);
  }

  /** Entries of this node were missing in Redis, and were written again. */
  public void restored(int entries) {
    restored.increment(entries);
  }

  public void epochBegun() {
    nodeEpochs.increment();
  }

  public void committed() {
    commits.increment();
  }

  public void retried() {
    retries.increment();
  }

  public void nodeEvicted() {
    evictions.increment();
  }
}
