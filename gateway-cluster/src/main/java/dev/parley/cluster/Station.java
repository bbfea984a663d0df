package dev.parley.cluster;

import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.BeginReply;
import dev.parley.cluster.script.BuryCommand;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.RefreshCommand;
import dev.parley.cluster.script.RefreshCommand.Roll;
import dev.parley.cluster.script.Seat;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node in the cluster: has the lane connected, takes a seat, gives signs of life, looks
 * for dead neighbours, and takes a new seat when the old one is over. The hub's event loop only.
 */
final class Station implements Lane.Owner, InboxReader.Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Station.class);

  /** A process that has just begun is slow, and its first connections may be, too. */
  private static final Duration START = Duration.ofSeconds(10);

  /** A seat may be there although Redis has not said so; a Redis that refuses makes one each time. */
  private static final int MOST_FORMER = 20;

  private static final String CUT_OFF = "cut-off";

  private final Vertx vertx;
  private final Equipment equipment;
  private final String node;
  private final Roster roster;
  private final Tenant tenant;
  private final Lane lane;
  private final Lease lease;
  private final Neighbours neighbours;
  private final RedisPace pace;
  private final long tickMillis;
  private final Promise<Void> started = Promise.promise();
  /** Seats that may still be there, to be ended when the next one begins. */
  private final List<Seat> former = new ArrayList<>();
  private final RedisOutage outage = new RedisOutage();
  private final RedisOutage deafness = new RedisOutage();
  private final MemoryOutage memory = new MemoryOutage();

  private long startUntil;
  private long epoch;
  private @Nullable Seat seat;
  private @Nullable RedisLink link;
  private @Nullable RedisServerInfo server;
  private Duration pause;
  private Duration rejoinPause;
  private long begunAt;
  /** Which keys Redis had when the last seat began, and which process it was. */
  private String dataset = "";
  private @Nullable RedisServerInfo serverThen;
  /** Why the last seat ended, until people have been told. */
  private @Nullable String endedBecause;
  /** Whether another process is Redis than when it was last seen that it has what we sent. */
  private boolean mayBeBehind;
  private long reconnecting = -1;
  private long rejoining = -1;
  private long ticking = -1;
  private boolean refreshing;
  private boolean cutOff;
  private boolean closed;
  private @Nullable Promise<Void> leaving;
  private volatile @Nullable String trouble = "not connected yet";
  private volatile @Nullable String inboxTrouble;
  private volatile boolean outOfMemory;

  /**
   * What a station works with.
   *
   * @param where tells people which Redis it is
   */
  record Equipment(
      String where, RedisPlace place, RedisMaster master, RedisKeys keys, ClusterScripts scripts,
      LaneLimits limits, RedisPace pace, Duration lease, Duration refresh) {}

  /** Who lives by the seat. */
  interface Tenant {

    /**
     * A seat has begun; its inbox is to be read from there on.
     *
     * @param mayBeBehind whether Redis may have forgotten the last of what it had confirmed
     */
    void seatBegun(Seat seat, EntryId inbox, boolean mayBeBehind);

    /** The seat is over. The lane has dropped everything that was meant for it. */
    void seatEnded();

    /** For longer than a lease there has been no Redis; what happens next is up to the tenant. */
    void cutOff();

    /** A sign of life was confirmed. */
    void refreshed(Roll roll);

    /** A call has found out something beside its result. */
    void reported(CallReport report);

    /** Redis has memory again: what was refused for want of it can be done. */
    void memoryIsBack();

    /** A neighbour is dead. */
    void neighbourDied(BuryCommand burial);
  }

  Station(
      Vertx vertx, Context context, String node, Equipment equipment, Roster roster,
      Tenant tenant) {
    this.vertx = vertx;
    this.equipment = equipment;
    this.node = node;
    this.roster = roster;
    this.tenant = tenant;
    this.pace = equipment.pace;
    this.pause = pace.firstPause();
    this.rejoinPause = pace.firstPause();
    this.lease = new Lease(equipment.lease);
    this.neighbours = new Neighbours(equipment.lease);
    this.tickMillis = Math.max(20, equipment.refresh.toMillis());
    this.lane =
        new Lane(context, equipment.limits, equipment.keys, equipment.scripts.lane(), this);
  }

  Lane lane() {
    return lane;
  }

  /**
   * Takes the first seat. Fails if that does not work at once, or within ten seconds if it is only
   * slow: then something is wrong that people should see.
   */
  Future<Void> start() {
    lease.renew(System.nanoTime());
    startUntil = System.nanoTime() + START.toNanos();
    connect();
    return started.future();
  }

  /** What is wrong with Redis or the way to it, in a few words; null if nothing is. Any thread. */
  @Nullable
  String trouble() {
    String way = wayTrouble();
    return way == null && outOfMemory ? "Redis is out of memory" : way;
  }

  private @Nullable String wayTrouble() {
    String writing = trouble;
    return writing == null ? inboxTrouble : writing;
  }

  /** Whether nothing is wrong with the way to Redis. Any thread. */
  boolean isConnected() {
    return wayTrouble() == null;
  }

  /** Whether Redis refuses what needs more memory. Any thread. */
  boolean isOutOfMemory() {
    return outOfMemory;
  }

  // ---- connections

  private void connect() {
    var unused =
        equipment.master
            .open()
            .compose(
                found -> prepare(found)
                    .onFailure(unfit -> found.link().close()))
            .onSuccess(this::connected)
            .onFailure(this::failed);
  }

  private Future<RedisMaster.Found> prepare(RedisMaster.Found found) {
    RedisLink opened = found.link();
    return RedisRequirements.check(found.info())
        .compose(fit -> load(opened, equipment.scripts.begin()))
        .compose(loaded -> load(opened, equipment.scripts.lane()))
        .map(found);
  }

  private static Future<Void> load(RedisLink opened, RedisScript script) {
    return opened.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text())).mapEmpty();
  }

  private void connected(RedisMaster.Found found) {
    RedisLink opened = found.link();
    if (closed) {
      opened.close();
      return;
    }
    RedisServerInfo before = server;
    server = found.info();
    link = opened;
    var unused = opened.ended().onSuccess(cause -> connectionFailed(opened, cause));
    if (before == null || found.info().isSameRunAs(before) || former.isEmpty()) {
      goOn(opened, false);
    } else {
      mayBeBehind = true;
      askWhatIsLost(opened, former.getLast(), found.info().hasReplaced(before));
    }
  }

  /**
   * Another process than before is Redis now, and it may not have all that the one before had. The
   * number of the last batch that it knows of tells what of ours is lost.
   */
  private void askWhatIsLost(RedisLink opened, Seat last, boolean replaced) {
    var unused =
        opened
            .send(Request.cmd(Command.HGET).arg(equipment.keys.seat(last)).arg("number"))
            .onSuccess(
                number -> {
                  if (link == opened) {
                    lane.forgotten(number == null ? 0 : Long.parseLong(number.toString()));
                    goOn(opened, replaced);
                  }
                })
            .onFailure(cause -> connectionFailed(opened, cause));
  }

  /**
   * Goes on where it was, if it can. If a replica has taken over, this node may have missed what it
   * had in its inbox, and without a trace, as new entries may come from an earlier clock; so it
   * takes a new seat, and what was not read goes back to its senders.
   */
  private void goOn(RedisLink opened, boolean replaced) {
    if (seat == null) {
      begin(opened);
    } else if (replaced) {
      seatIsOver("another Redis has taken over");
    } else {
      resume(opened);
    }
  }

  private void resume(RedisLink opened) {
    lane.connect(opened);
    refresh();
  }

  /** Only what was written shows that Redis can be used again. */
  @Override
  public void worked(CallReport report) {
    mayBeBehind = false;
    if (trouble != null || outage.isOn()) {
      trouble = null;
      pause = pace.firstPause();
      if (outage.isOn()) {
        LOG.info("{}: connected again after {} s", equipment.where, outage.end().toSeconds());
      }
      started.tryComplete();
    }
    note(report);
  }

  private void note(CallReport report) {
    switch (memory.see(report.outOfMemory(), System.nanoTime())) {
      case BEGUN -> {
        outOfMemory = true;
        LOG.warn(
            "{}: Redis is out of memory. Until it has some again, new clients, rooms, and signals"
                + " that would have to wait are refused; what needs no more memory goes on. Raise"
                + " maxmemory of this Redis, or see what else it keeps",
            equipment.where);
      }
      case OVER -> {
        outOfMemory = false;
        LOG.info(
            "{}: Redis has memory again after {} s", equipment.where,
            memory.length().toSeconds());
        tenant.memoryIsBack();
      }
      case NONE -> {}
    }
    tenant.reported(report);
  }

  @Override
  public void connectionFailed(RedisLink failed, Throwable cause) {
    if (link == failed) {
      link = null;
      lane.disconnect();
      failed.close();
      failed(cause);
    }
  }

  private void failed(Throwable cause) {
    if (closed) {
      return;
    }
    if (leaving != null) {
      leaving.tryComplete();
      return;
    }
    RedisTrouble wrong = RedisTrouble.of(cause, equipment.place);
    if (started.future().isComplete()) {
      report(wrong, cause);
      retry();
    } else if (wrong.passesByItself() && startUntil - System.nanoTime() > 0) {
      reconnecting = vertx.setTimer(pause.toMillis(), id -> connect());
    } else {
      abandon();
      if (seat != null) {
        end();
      }
      started.fail(new RedisTroubleException(wrong, cause));
    }
  }

  private void report(RedisTrouble wrong, Throwable cause) {
    String what = wrong.answered() ? "Redis refuses writes" : "not connected";
    trouble = what + " (" + wrong.code() + ")";
    if (outage.isNews(wrong)) {
      LOG.warn(
          "{}: {}: error={} ({}). {}. Until it is over, signals to other nodes and new clients"
              + " wait, for {} s at most",
          equipment.where, what, wrong.code(), wrong.problem(), wrong.advice(),
          equipment.lease.toSeconds());
    } else {
      LOG.debug("{}: still {}", equipment.where, what, cause);
    }
  }

  private void retry() {
    reconnecting = vertx.setTimer(pause.toMillis(), id -> connect());
    pause = pace.longerThan(pause);
  }

  // ---- the inbox

  @Override
  public void unreadable(RedisTrouble wrong) {
    // Without an answer the lane meets the same trouble, and says so.
    if (wrong.answered() && trouble == null) {
      inboxTrouble = "Redis does not let this node read (" + wrong.code() + ")";
      if (deafness.isNews(wrong)) {
        LOG.warn(
            "{}: the inbox cannot be read: error={} ({}). {}. Until it is over, nothing from other"
                + " nodes reaches the clients of this one",
            equipment.where, wrong.code(), wrong.problem(), wrong.advice());
      }
    }
  }

  @Override
  public void readable() {
    if (deafness.isOn()) {
      inboxTrouble = null;
      LOG.info(
          "{}: the inbox can be read again after {} s", equipment.where,
          deafness.end().toSeconds());
    }
  }

  // ---- seats

  private void begin(RedisLink over) {
    Seat next = new Seat(node, ++epoch);
    Request call =
        Request.cmd(Command.EVALSHA).arg(equipment.scripts.begin().sha1()).arg(1)
            .arg(equipment.keys.seat(next)).arg(next.toString());
    former.forEach(old -> call.arg(old.toString()));
    former.add(next);
    if (former.size() > MOST_FORMER) {
      // The first one was surely there. This one, if it was, ends like that of a dead node.
      former.remove(1);
    }
    long givenAt = System.nanoTime();
    var unused =
        over.send(call)
            .map(first -> BeginReply.parse(String.valueOf(first)))
            .onSuccess(
                reply -> {
                  if (link == over) {
                    note(reply.report());
                    reportReturn(reply.dataset());
                    begun(over, next, reply.inbox(), givenAt);
                  }
                })
            .onFailure(
                cause -> {
                  if (link == over && RedisTrouble.of(cause, equipment.place).answered()) {
                    // Refused: it has not begun, and what is there of it, the next try takes.
                    former.remove(next);
                    epoch--;
                  }
                  connectionFailed(over, cause);
                });
  }

  /** Whether the keys are those of the last time tells a fence from a Redis that was emptied. */
  private void reportReturn(String found) {
    String why = endedBecause;
    if (!dataset.isEmpty() && !dataset.equals(found)) {
      RedisServerInfo now = server;
      RedisServerInfo then = serverThen;
      why = now != null && then != null && now.isSameRunAs(then)
          ? "its keys are gone from Redis, which has gone on running: FLUSHALL, FLUSHDB, or the data"
              + " of another Redis in their place"
          : "its keys are gone: Redis was started again without its data, or is another one";
    }
    if (why != null) {
      LOG.warn(
          "{}: this node was taken out of the cluster and has come back: {}", equipment.where, why);
    }
    endedBecause = null;
    dataset = found;
    serverThen = server;
  }

  private void begun(RedisLink over, Seat begun, EntryId inbox, long givenAt) {
    former.clear();
    former.add(begun);
    seat = begun;
    begunAt = System.nanoTime();
    lease.renew(givenAt);
    cutOff = false;
    lane.begin(begun, roster.generation());
    tenant.seatBegun(begun, inbox, mayBeBehind);
    lane.setOpen(true);
    resume(over);
    if (ticking < 0) {
      ticking = vertx.setPeriodic(tickMillis, id -> tick());
    }
  }

  @Override
  public void seatIsOver(String why) {
    if (leaving != null) {
      leaving.tryComplete();
      return;
    }
    endedBecause = why;
    boolean hasLasted = System.nanoTime() - begunAt > pace.longestPause().toNanos();
    end();
    RedisLink over = link;
    if (over == null) {
      return;
    }
    if (hasLasted) {
      rejoinPause = pace.firstPause();
      begin(over);
    } else {
      rejoining = vertx.setTimer(rejoinPause.toMillis(), id -> {
        if (link == over && seat == null) {
          begin(over);
        }
      });
      rejoinPause = pace.longerThan(rejoinPause);
    }
  }

  private void end() {
    seat = null;
    refreshing = false;
    roster.nextGeneration();
    lane.end(roster.generation());
    roster.endFormerGenerations();
    tenant.seatEnded();
  }

  // ---- signs of life

  private void tick() {
    lane.dropOutdated();
    if (!cutOff && lease.isOver(System.nanoTime())) {
      cutOff = true;
      reportCutOff();
      lane.setOpen(false);
      end();
      tenant.cutOff();
      dropLink();
    } else {
      refresh();
    }
  }

  /** What is wrong was said already: that nothing could be written. */
  private void dropLink() {
    RedisLink useless = link;
    if (useless != null) {
      link = null;
      lane.disconnect();
      useless.close();
      retry();
    }
  }

  /** Once: a seat that begins meanwhile, on which nothing can be written either, is no news. */
  private void reportCutOff() {
    long seconds = equipment.lease.toSeconds();
    if (trouble == null) {
      trouble = "nothing could be written for " + seconds + " s";
    }
    RedisTrouble news =
        new RedisTrouble(CUT_OFF, "nothing could be written for " + seconds + " s", "", false);
    if (outage.isNews(news)) {
      LOG.warn(
          "{}: cut off: {}. New clients and signals to other nodes are refused until it is over",
          equipment.where, news.problem());
    }
  }

  private void refresh() {
    if (seat == null || link == null || refreshing) {
      return;
    }
    refreshing = true;
    long givenAt = System.nanoTime();
    lane.hurry(
        new Order<>(
            new RefreshCommand(),
            roster.generation(),
            new Order.Answer<>() {
              @Override
              public void done(Roll roll) {
                refreshing = false;
                refreshed(roll, givenAt);
              }

              @Override
              public void failed() {
                refreshing = false;
              }
            }));
  }

  private void refreshed(Roll roll, long givenAt) {
    lease.renew(givenAt);
    long now = System.nanoTime();
    neighbours.look(roll, now, String.valueOf(seat)).forEach(tenant::neighbourDied);
    tenant.refreshed(roll);
    if (now - givenAt > Duration.ofMillis(tickMillis).toNanos()) {
      refresh();
    }
  }

  // ---- the end

  /** Gives the seat up, if that can be done soon, and closes the connection. */
  Future<Void> close(Duration patience) {
    if (closed) {
      return Future.succeededFuture();
    }
    Promise<Void> left = Promise.promise();
    leaving = left;
    lane.setOpen(false);
    Seat last = seat;
    if (last == null || link == null) {
      left.complete();
    } else {
      long timer = vertx.setTimer(patience.toMillis(), id -> left.tryComplete());
      // The answer to it is that the seat is over.
      lane.last(Order.silently(BuryCommand.of(last), roster.generation()));
      var unused = left.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return left.future().onComplete(done -> abandon());
  }

  /** Ends at once, without a word to anybody. */
  void abandon() {
    closed = true;
    vertx.cancelTimer(ticking);
    vertx.cancelTimer(reconnecting);
    vertx.cancelTimer(rejoining);
    RedisLink last = link;
    link = null;
    lane.disconnect();
    if (last != null) {
      last.close();
    }
  }
}
