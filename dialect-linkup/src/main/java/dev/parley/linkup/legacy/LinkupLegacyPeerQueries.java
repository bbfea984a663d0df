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
 * What this node asks the others, and how it makes an answer out of what it hears. Event loop of
 * the channel only.
 *
 * <p>A yes is a yes from anybody but this node itself. A no is that nobody else is there, or that
 * all have answered without a yes (where they always answer), or that the wait is over.
 */
final class LinkupLegacyPeerQueries {

  private static final Logger LOG = LoggerFactory.getLogger(LinkupLegacyPeerQueries.class);

  private final Channel channel;
  private final LinkupLegacyClusterOptions options;
  private final Map<String, List<Question>> open = new HashMap<>();

  private Attendance attendance;
  private boolean connected;
  private long lostAt = System.nanoTime();
  private int unasked;

  /** What is known from one connection to its end; nothing of it holds in the next one. */
  private static final class Attendance {

    private final LinkupLegacyOwnEchoes finds = new LinkupLegacyOwnEchoes();
    private final LinkupLegacyOwnEchoes yeses = new LinkupLegacyOwnEchoes();
    private final LinkupLegacyAnswerCounts tallies;
    private boolean toldOfSilence;
    private boolean toldOfNoes;

    Attendance(Duration patience) {
      tallies = new LinkupLegacyAnswerCounts(patience.toNanos());
    }
  }

  /** One question that was asked, for everybody who wants to know. */
  private static final class Question {

    private final String id;
    private final Promise<Boolean> answer = Promise.promise();
    private Connection.@Nullable Timer deadline;
    private boolean knowsHowManyAnswer;

    Question(String id) {
      this.id = id;
    }
  }

  LinkupLegacyPeerQueries(Channel channel, LinkupLegacyClusterOptions options) {
    this.channel = channel;
    this.options = options;
    this.attendance = new Attendance(options.patience());
  }

  /**
   * Asks whether somebody else knows this id.
   *
   * @param anew whether what was asked before now does not count
   */
  Future<Boolean> ask(String id, boolean anew) {
    List<Question> asked = open.get(id);
    if (asked != null && !anew) {
      return asked.getLast().answer.future();
    }
    if (!connected && System.nanoTime() - lostAt > options.patience().toNanos()) {
      unasked++;
      return Future.succeededFuture(false);
    }
    Question question = new Question(id);
    question.deadline = channel.after(options.patience(), () -> giveUp(question));
    open.computeIfAbsent(id, key -> new ArrayList<>(1)).add(question);
    if (connected) {
      put(question);
    }
    return question.answer.future();
  }

  /** The number of subscribers is asked for afterwards: who comes in between delays a no only. */
  private void put(Question question) {
    Attendance now = attendance;
    now.finds.add(question.id);
    Future<?> unused =
        channel
            .publish(LinkupLegacyChannelEncoder.find(question.id))
            .onFailure(lost -> now.finds.remove(question.id));
    unused =
        channel
            .subscribers()
            .onSuccess(
                subscribers -> {
                  if (now == attendance) {
                    counted(question, subscribers);
                  }
                });
  }

  private void counted(Question question, int subscribers) {
    question.knowsHowManyAnswer = true;
    attendance.tallies.subscribers(subscribers);
    if (subscribers <= 1) {
      conclude(question.id, false);
    } else {
      settle(question.id);
    }
  }

  /** Somebody, perhaps this node, asks. */
  void heardFind(String id) {
    attendance.finds.remove(id);
    if (allAnswer()) {
      attendance.tallies.asked(id, System.nanoTime());
    }
  }

  /** Somebody, perhaps this node, answers. */
  void heardFound(String id, boolean found) {
    if (allAnswer()) {
      attendance.tallies.answered(id);
    } else if (!found) {
      warnOfNoes();
    }
    if (found && !attendance.yeses.remove(id)) {
      conclude(id, true);
    } else {
      settle(id);
    }
  }

  private boolean allAnswer() {
    return options.answers() == Answers.ALWAYS;
  }

  /** It is a no if all have answered everything that was asked about this id. */
  private void settle(String id) {
    List<Question> asked = open.get(id);
    if (asked != null
        && allAnswer()
        && asked.stream().allMatch(question -> question.knowsHowManyAnswer)
        && !attendance.finds.has(id)
        && attendance.tallies.isComplete(id)) {
      conclude(id, false);
    }
  }

  private void conclude(String id, boolean known) {
    List<Question> asked = open.remove(id);
    if (asked != null) {
      asked.forEach(question -> answer(question, known));
    }
  }

  private static void answer(Question question, boolean known) {
    if (question.deadline != null) {
      question.deadline.cancel();
    }
    question.answer.tryComplete(known);
  }

  private void giveUp(Question question) {
    List<Question> asked = open.get(question.id);
    if (asked == null || !asked.remove(question)) {
      return;
    }
    if (asked.isEmpty()) {
      open.remove(question.id);
    }
    if (!connected) {
      unasked++;
    } else if (allAnswer()) {
      attendance.tallies.forget(question.id);
      warnOfSilence();
    }
    question.answer.tryComplete(false);
  }

  /** This node says that it knows an id: what comes back of that is no answer to its questions. */
  void sayYes(String id, Bytes answer) {
    LinkupLegacyOwnEchoes yeses = attendance.yeses;
    yeses.add(id);
    var unused = channel.publish(answer).onFailure(lost -> yeses.remove(id));
  }

  void connected() {
    attendance = new Attendance(options.patience());
    connected = true;
    if (unasked > 0) {
      LOG.warn(
          "channel '{}': while it was away, {} questions whether a legacy broker knows an id were"
              + " answered with no. Such ids may be registered both there and here until one of the"
              + " two clients leaves",
          options.channel(), unasked);
      unasked = 0;
    }
    open.values().forEach(asked -> asked.forEach(this::put));
  }

  void disconnected() {
    connected = false;
    lostAt = System.nanoTime();
    open.values()
        .forEach(asked -> asked.forEach(question -> question.knowsHowManyAnswer = false));
  }

  /** Whoever still waits is told no. */
  void close() {
    List.copyOf(open.keySet()).forEach(id -> conclude(id, false));
  }

  private void warnOfSilence() {
    if (!attendance.toldOfSilence) {
      attendance.toldOfSilence = true;
      LOG.warn(
          "channel '{}': not all brokers answer within {} ms, which then counts as no and makes"
              + " every registration wait. If the brokers there are early ones, which answer only"
              + " if they know a peer, set legacyCluster.answers to known-only; else look for one"
              + " that hangs, or for something else that has subscribed",
          options.channel(), options.patience().toMillis());
    }
  }

  private void warnOfNoes() {
    if (!attendance.toldOfNoes) {
      attendance.toldOfNoes = true;
      LOG.warn(
          "channel '{}': a broker says that it does not know a peer, so it is a later one and waits"
              + " for the answers of this node, which never come. Set legacyCluster.answers to"
              + " always",
          options.channel());
    }
  }
}
