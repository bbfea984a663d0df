package dev.parley.linkup.legacy;

import dev.parley.dialect.Channel;
import dev.parley.dialect.Connection;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import dev.parley.signal.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of this node for peers, and how their results follow from the messages in the
 * channel. Event loop of the channel only.
 *
 * <p>The result is yes after a yes of another broker. It is no if there is no other subscriber, if
 * all have answered without a yes (where they always answer), or when the query times out.
 */
final class LinkupLegacyPeerQueries {

  private static final Logger LOG = LoggerFactory.getLogger(LinkupLegacyPeerQueries.class);

  private final Channel channel;
  private final LinkupLegacyClusterOptions options;
  private final Map<String, List<Query>> open = new HashMap<>();

  private ChannelEpoch epoch;
  private boolean connected;
  private long lostAt = System.nanoTime();
  private int unasked;

  /** What is known during one connection; it does not hold in the next one. */
  private static final class ChannelEpoch {

    private final LinkupLegacyOwnEchoes finds = new LinkupLegacyOwnEchoes();
    private final LinkupLegacyOwnEchoes yeses = new LinkupLegacyOwnEchoes();
    private final LinkupLegacyAnswerCounts counts;
    private boolean hasWarnedOfSilence;
    private boolean hasWarnedOfNoes;

    ChannelEpoch(Duration patience) {
      counts = new LinkupLegacyAnswerCounts(patience.toNanos());
    }
  }

  /** One query, shared by all who wait for its result. */
  private static final class Query {

    private final String id;
    private final Promise<Boolean> answer = Promise.promise();
    private Connection.@Nullable Timer deadline;
    private boolean knowsHowManyAnswer;

    Query(String id) {
      this.id = id;
    }
  }

  LinkupLegacyPeerQueries(Channel channel, LinkupLegacyClusterOptions options) {
    this.channel = channel;
    this.options = options;
    this.epoch = new ChannelEpoch(options.patience());
  }

  /**
   * Asks the other brokers whether one of them knows this id.
   *
   * @param fresh whether a query that is under way does not count
   */
  Future<Boolean> ask(String id, boolean fresh) {
    List<Query> asked = open.get(id);
    if (asked != null && !fresh) {
      return asked.getLast().answer.future();
    }
    if (!connected && System.nanoTime() - lostAt > options.patience().toNanos()) {
      unasked++;
      return Future.succeededFuture(false);
    }
    Query query = new Query(id);
    query.deadline = channel.after(options.patience(), () -> giveUp(query));
    open.computeIfAbsent(id, key -> new ArrayList<>(1)).add(query);
    if (connected) {
      put(query);
    }
    return query.answer.future();
  }

  /** The subscribers are counted afterwards: one that joins in between delays a no only. */
  private void put(Query query) {
    ChannelEpoch now = epoch;
    now.finds.add(query.id);
    Future<?> unused =
        channel
            .publish(LinkupLegacyChannelEncoder.find(query.id))
            .onFailure(lost -> now.finds.remove(query.id));
    unused =
        channel
            .subscribers()
            .onSuccess(
                subscribers -> {
                  if (now == epoch) {
                    subscribersCounted(query, subscribers);
                  }
                });
  }

  private void subscribersCounted(Query query, int subscribers) {
    query.knowsHowManyAnswer = true;
    epoch.counts.subscribers(subscribers);
    if (subscribers <= 1) {
      conclude(query.id, false);
    } else {
      settle(query.id);
    }
  }

  /** Handles a query of any broker, this node included. */
  void receivedFind(String id) {
    epoch.finds.remove(id);
    if (allAnswer()) {
      epoch.counts.markAsked(id, System.nanoTime());
    }
  }

  /** Handles an answer of any broker, this node included. */
  void receivedFound(String id, boolean found) {
    if (allAnswer()) {
      epoch.counts.markAnswered(id);
    } else if (!found) {
      warnOfNoes();
    }
    if (found && !epoch.yeses.remove(id)) {
      conclude(id, true);
    } else {
      settle(id);
    }
  }

  private boolean allAnswer() {
    return options.answers() == Answers.ALWAYS;
  }

  /** The result is no if all have answered all queries for this id. */
  private void settle(String id) {
    List<Query> asked = open.get(id);
    if (asked != null
        && allAnswer()
        && asked.stream().allMatch(query -> query.knowsHowManyAnswer)
        && !epoch.finds.has(id)
        && epoch.counts.isComplete(id)) {
      conclude(id, false);
    }
  }

  private void conclude(String id, boolean known) {
    List<Query> asked = open.remove(id);
    if (asked != null) {
      asked.forEach(query -> answer(query, known));
    }
  }

  private static void answer(Query query, boolean known) {
    if (query.deadline != null) {
      query.deadline.cancel();
    }
    query.answer.tryComplete(known);
  }

  private void giveUp(Query query) {
    List<Query> asked = open.get(query.id);
    if (asked == null || !asked.remove(query)) {
      return;
    }
    if (asked.isEmpty()) {
      open.remove(query.id);
    }
    if (!connected) {
      unasked++;
    } else if (allAnswer()) {
      epoch.counts.forget(query.id);
      warnOfSilence();
    }
    query.answer.tryComplete(false);
  }

  /** Publishes that this node knows an id; the echo of that is no answer to its own queries. */
  void publishYes(String id, Bytes answer) {
    LinkupLegacyOwnEchoes yeses = epoch.yeses;
    yeses.add(id);
    var unused = channel.publish(answer).onFailure(lost -> yeses.remove(id));
  }

  void connected() {
    epoch = new ChannelEpoch(options.patience());
    connected = true;
    if (unasked > 0) {
      LOG.warn(
          "legacy channel is back, queries were answered with no while it was away: channel={}"
              + " queries={} (such an id may be registered both at a legacy broker and here until"
              + " one of the two clients leaves)",
          options.channel(), unasked);
      unasked = 0;
    }
    open.values().forEach(asked -> asked.forEach(this::put));
  }

  void disconnected() {
    connected = false;
    lostAt = System.nanoTime();
    open.values()
        .forEach(asked -> asked.forEach(query -> query.knowsHowManyAnswer = false));
  }

  /** Completes all queries with no. */
  void close() {
    List.copyOf(open.keySet()).forEach(id -> conclude(id, false));
  }

  private void warnOfSilence() {
    if (!epoch.hasWarnedOfSilence) {
      epoch.hasWarnedOfSilence = true;
      LOG.warn(
          "legacy brokers do not all answer, registrations wait for the time-out: channel={}"
              + " timeout={}ms (if they are early brokers, which answer only with a yes, set"
              + " legacyCluster.answers to known-only; else look for one that hangs, or for another"
              + " subscriber)",
          options.channel(), options.patience().toMillis());
    }
  }

  private void warnOfNoes() {
    if (!epoch.hasWarnedOfNoes) {
      epoch.hasWarnedOfNoes = true;
      LOG.warn(
          "a legacy broker waits for answers that this node does not send: channel={} (set"
              + " legacyCluster.answers to always)",
          options.channel());
    }
  }
}
