package dev.parley.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.access.Ban;
import dev.parley.access.BanStore;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.script.BanCommand;
import dev.parley.cluster.script.BansCommand;
import dev.parley.hub.HubUnavailableException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bans of a cluster. Each node polls for what has changed since its last poll, so there is no
 * notice that could be lost; a new epoch reads all of them. While Redis is away, a node keeps what
 * it knows; a Redis that has lost everything gets it back from each node.
 *
 * <p>{@link #put} and {@link #remove} are thread-safe; everything else is confined to the hub's
 * event loop.
 */
final class RedisBanStore implements BanStore {

  private static final Logger LOG = LoggerFactory.getLogger(RedisBanStore.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int PAGE = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private final LoopContext loop;
  private final CommandPipeline pipeline;
  private Consumer<List<Ban>> listener = all -> {};

  private Map<String, Ban> bans = new LinkedHashMap<>();
  /** What a new epoch has read so far; null once it has read all. */
  private @Nullable Map<String, Ban> reading;
  private String dataset = "";
  private String after = BansCommand.BEGINNING;
  private long timer = -1;
  /** Counts epochs: what an earlier one has asked for is out of date. */
  private int epoch;
  private boolean isRunning;
  private boolean isPolling;

  RedisBanStore(LoopContext loop, CommandPipeline pipeline) {
    this.loop = loop;
    this.pipeline = pipeline;
  }

  @Override
  public void listen(Consumer<List<Ban>> wants) {
    loop.run(() -> {
      listener = wants;
      wants.accept(List.copyOf(bans.values()));
    });
  }

  @Override
  public Future<Void> put(Ban ban) {
    return change(ban, Math.max(1, ban.until().toEpochMilli()));
  }

  @Override
  public Future<Void> remove(Ban ban) {
    return change(ban, 0);
  }

  private Future<Void> change(Ban ban, long ends) {
    return pipeline
        .call(new BanCommand(subject(ban), ends, text(ban.reason()), MAX_BANS), Bound.LIMITED)
        .compose(outcome -> switch (outcome) {
          case DONE -> Future.<Void>succeededFuture();
          case TOO_MANY ->
              Future.failedFuture(new IllegalStateException("there are too many bans"));
          case OUT_OF_MEMORY ->
              Future.failedFuture(new HubUnavailableException("Redis is out of memory"));
        })
        .onSuccess(done -> loop.run(this::poll));
  }

  /** The node has a new epoch. */
  void epochBegun() {
    assert loop.isCurrent();
    epoch++;
    isRunning = true;
    isPolling = false;
    reading = new LinkedHashMap<>();
    after = BansCommand.BEGINNING;
    poll();
  }

  /** The epoch is over, or the node stops. */
  void stop() {
    assert loop.isCurrent();
    epoch++;
    isRunning = false;
    loop.vertx().cancelTimer(timer);
  }

  private void poll() {
    assert loop.isCurrent();
    if (isPolling || !isRunning) {
      return;
    }
    isPolling = true;
    loop.vertx().cancelTimer(timer);
    int asker = epoch;
    var unused = pipeline.call(new BansCommand(after, PAGE), Bound.UNLIMITED)
        .onComplete(page -> {
          if (asker != epoch) {
            return;
          }
          isPolling = false;
          if (page.succeeded() && take(page.result())) {
            poll();
          } else {
            timer = loop.vertx().setTimer(INTERVAL.toMillis(), id -> poll());
          }
        });
  }

  /** Takes a page; returns whether there are more. */
  private boolean take(BansCommand.Page page) {
    after = page.after();
    Map<String, Ban> into = reading == null ? bans : reading;
    for (BansCommand.Entry entry : page.entries()) {
      Instant ends = Instant.ofEpochMilli(entry.ends());
      ban(entry, ends).filter(ban -> ends.isAfter(Instant.now())).ifPresentOrElse(
          ban -> into.put(entry.subject(), ban), () -> into.remove(entry.subject()));
    }
    if (reading != null && !page.hasMore()) {
      replaceBy(reading, page.dataset());
    } else if (reading == null && !page.entries().isEmpty()) {
      listener.accept(List.copyOf(bans.values()));
    }
    return page.hasMore();
  }

  private void replaceBy(Map<String, Ban> all, String itsDataset) {
    Map<String, Ban> former = bans;
    boolean isLost = !dataset.isEmpty() && !dataset.equals(itsDataset);
    bans = all;
    reading = null;
    dataset = itsDataset;
    if (isLost) {
      former.forEach((subject, ban) -> {
        if (bans.putIfAbsent(subject, ban) == null) {
          var unused = put(ban).onFailure(
              away -> LOG.warn("a ban that Redis has lost cannot be put again: kind={} until={}",
                  ban.kind(), ban.until()));
        }
      });
    }
    if (!former.isEmpty() || !bans.isEmpty()) {
      listener.accept(List.copyOf(bans.values()));
    }
  }

  private static String subject(Ban ban) {
    List<String> parts = new ArrayList<>();
    parts.add(ban.kind().name());
    parts.add(ban.realm() == null ? "" : ban.realm());
    parts.add(ban.value());
    return json(parts);
  }

  private static String text(String text) {
    return json(List.of(text));
  }

  private static String json(List<String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty for a ban of a kind that only newer nodes know, or that another client has written. */
  private static Optional<Ban> ban(BansCommand.Entry entry, Instant ends) {
    try {
      String[] of = JSON.readValue(entry.subject(), String[].class);
      String[] reason = JSON.readValue(entry.reason(), String[].class);
      return Optional.of(
          new Ban(
              Ban.Kind.valueOf(of[0]), of[1].isEmpty() ? null : of[1], of[2], ends, reason[0]));
    } catch (JsonProcessingException | RuntimeException strange) {
      LOG.debug("a ban cannot be read", strange);
      return Optional.empty();
    }
  }
}
