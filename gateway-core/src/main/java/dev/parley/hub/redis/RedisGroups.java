package dev.parley.hub.redis;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.Groups;
import dev.parley.hub.Recipient;
import dev.parley.hub.redis.record.RecordNames;
import dev.parley.hub.redis.record.StoredRecord;
import dev.parley.hub.redis.roster.Registration;
import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.script.CommitCommand.Outcome;
import dev.parley.hub.redis.script.CommitCommand.Standing;
import dev.parley.hub.redis.script.LoadCommand;
import dev.parley.hub.redis.script.OrphansCommand.Orphans;
import dev.parley.hub.redis.script.RawRecord;
import dev.parley.hub.redis.script.Seat;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of a cluster. A command is thought through here, with the records as this node knows
 * them, and committed in one step by Redis, which checks that they are still so. If not, it says
 * what they are now, and the command is thought through again. Everybody is told through the inboxes
 * of their nodes, in the order of the commits; so is whoever gave the command.
 *
 * <p>{@link #command} and {@link #depart} may be called on any thread; everything else belongs to
 * the hub's event loop.
 */
final class RedisGroups implements Groups {

  private static final Logger LOG = LoggerFactory.getLogger(RedisGroups.class);

  private static final int MOST_COMMANDS = 20_000;
  private static final int MOST_TRIES = 200;
  private static final int MOST_CONTRADICTIONS = 50;
  private static final long CACHE_BYTES = 32L << 20;
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final GroupAnswer NOT_HERE = new GroupAnswer.Refused(Refusal.NOT_HERE);
  private static final GroupAnswer UNAVAILABLE = new GroupAnswer.Refused(Refusal.UNAVAILABLE);

  private final Vertx vertx;
  private final Context context;
  private final Lane lane;
  private final Roster roster;
  private final ClusterMetrics counts;
  private final GroupRules rules;
  private final RoomDeadlines deadlines;

  private final AtomicInteger commands = new AtomicInteger();
  private final Turns<GroupJob, RecordKey> turns = new Turns<>(GroupJob::line, this::advance);
  private final Pens pens = new Pens(this::advance);
  private final RecordCache cache = new RecordCache(CACHE_BYTES);
  /** Users of this node that are here, and whose they are. */
  private final Map<PeerAddress, Registration> users = new HashMap<>();
  private final Map<Long, GroupJob> unanswered = new HashMap<>();
  private final List<Registration> lost = new ArrayList<>();

  private long numbers;
  private int generation;
  private @Nullable Seat seat;
  private @Nullable Promise<Void> closing;

  RedisGroups(
      Vertx vertx, Context context, Lane lane, Roster roster, GroupLimits limits,
      ClusterMetrics counts) {
    this.vertx = vertx;
    this.context = context;
    this.lane = lane;
    this.roster = roster;
    this.counts = counts;
    this.rules = new GroupRules(limits);
    this.deadlines =
        new RoomDeadlines(vertx, lane, roster, due -> add(new GroupTask.Ripe(due)));
  }

  // ---- any thread

  @Override
  public void command(Recipient requester, UserCommand command) {
    if (commands.incrementAndGet() > MOST_COMMANDS) {
      commands.decrementAndGet();
      requester.deliver(UNAVAILABLE);
      return;
    }
    hand(new GroupTask.Asked(command, requester));
  }

  @Override
  public void depart(Recipient owner, PeerAddress user) {
    hand(new GroupTask.Leaving(new Departure(user), owner));
  }

  private void hand(GroupTask task) {
    context.runOnContext(run -> add(task));
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        run -> {
          deadlines.stop();
          closing = closed;
          long timer = vertx.setTimer(FAREWELL.toMillis(), id -> closed.tryComplete());
          var unused = closed.future().onComplete(done -> vertx.cancelTimer(timer));
          endIfIdle();
        });
    return closed.future();
  }

  private void endIfIdle() {
    Promise<Void> waiting = closing;
    if (waiting != null && turns.size() == 0) {
      waiting.tryComplete();
    }
  }

  // ---- seats

  /** A seat has begun. Who took part in anything on the former one has to begin anew. */
  void seatBegun(Seat begun) {
    seat = begun;
    generation = roster.generation();
    lost.forEach(each -> roster.revoke(each, IdLost.Reason.GROUPS_LOST));
    lost.clear();
    deadlines.within(0);
  }

  /** The seat is over; the lane has failed what was on its way. */
  void seatEnded() {
    seat = null;
    List.copyOf(unanswered.keySet()).forEach(number -> tell(number, UNAVAILABLE));
    lost.addAll(users.values());
    users.clear();
    cache.clear();
  }

  // ---- what the inbox brings

  /** A command has been carried out, or refused because of whose it was. */
  void answered(long number, boolean carriedOut) {
    GroupJob job = unanswered.get(number);
    if (job != null) {
      tell(number, carriedOut ? Objects.requireNonNull(job.answer()) : NOT_HERE);
    }
  }

  private void tell(long number, GroupAnswer answer) {
    GroupJob job = unanswered.remove(number);
    if (job != null && job.task() instanceof GroupTask.Asked(UserCommand any, Recipient who)) {
      who.deliver(answer);
    }
  }

  // ---- tasks

  private void add(GroupTask task) {
    GroupJob job = new GroupJob(task, ++numbers);
    if (task instanceof GroupTask.Asked) {
      unanswered.put(job.number(), job);
    }
    turns.add(job);
  }

  /** Has the users depart whose seat is over. Done when that has been dealt with. */
  Future<Void> depart(Orphans orphans) {
    List<Future<Void>> all = new ArrayList<>();
    for (PeerAddress user : orphans.users()) {
      Promise<Void> done = Promise.promise();
      all.add(done.future());
      add(new GroupTask.Orphaned(new Departure(user), orphans.seat(), done));
    }
    return Future.all(all).mapEmpty();
  }

  /** Does what comes next. A job that is not on its way anywhere comes through here. */
  private void advance(GroupJob job) {
    if (seat == null || generation != roster.generation() || !lane.isOpen()) {
      giveUp(job);
      return;
    }
    try {
      goOn(job);
    } catch (RuntimeException defect) {
      LOG.error("{} could not be dealt with; please report this", job.task(), defect);
      giveUp(job);
    }
  }

  private void goOn(GroupJob job) {
    switch (job.task()) {
      case GroupTask.Asked(Arrive arrive, Recipient requester) -> arrive(job, arrive, requester);
      case GroupTask.Asked(UserCommand command, Recipient requester) -> {
        Registration here = users.get(command.user());
        if (here == null || here.recipient() != requester) {
          answer(job, NOT_HERE);
        } else {
          think(
              job, command,
              new Standing.Owner(name(command.user()), command.user(), owner(here)), true);
        }
      }
      case GroupTask.Leaving(Departure departure, Recipient owner) -> {
        Registration here = users.get(departure.user());
        if (here == null || here.recipient() != owner) {
          finish(job);
        } else {
          think(job, departure, departing(departure.user(), owner(here)), true);
        }
      }
      case GroupTask.Orphaned(Departure departure, String over, Promise<Void> done) -> {
        PeerAddress user = departure.user();
        think(job, departure, new Standing.Orphan(name(user), user, over), true);
      }
      case GroupTask.Ripe(RoomDue due) -> think(job, due, new Standing.Anybody(), true);
    }
  }

  /** If there is a user of that name who is somebody else's, it departs first. */
  private void arrive(GroupJob job, Arrive arrive, Recipient requester) {
    PeerAddress user = arrive.user();
    Registration registration = roster.owned(requester, user);
    if (registration == null) {
      answer(job, NOT_HERE);
      return;
    }
    job.setRegistration(registration);
    job.beginReading();
    StoredRecord known = job.read(key(user), cache);
    if (known == null) {
      load(job, List.of(key(user)));
    } else if (known.owner().isEmpty()) {
      think(
          job, arrive, new Standing.Arriving(name(user), user, registration.number()), true);
    } else if (known.owner().equals(owner(registration))) {
      think(job, arrive, new Standing.Owner(name(user), user, known.owner()), true);
    } else {
      think(job, new Departure(user), departing(user, known.owner()), false);
    }
  }

  private static Standing departing(PeerAddress user, String owner) {
    return new Standing.Departing(name(user), user, owner);
  }

  private static RecordKey key(PeerAddress user) {
    return new RecordKey(user.realm(), RecordKind.USER, user.id());
  }

  private static String name(PeerAddress user) {
    return RecordNames.user(user.id());
  }

  private String owner(Registration registration) {
    return seat + " " + registration.number();
  }

  // ---- load, think, commit

  private void load(GroupJob job, Collection<RecordKey> keys) {
    List<RecordKey> wanted = List.copyOf(keys);
    Order.Answer<List<RawRecord>> answer =
        new Order.Answer<>() {
          @Override
          public void done(List<RawRecord> records) {
            for (int i = 0; i < records.size(); i++) {
              if (!learn(job, wanted.get(i), records.get(i))) {
                return;
              }
            }
            advance(job);
          }

          @Override
          public void failed() {
            giveUp(job);
          }
        };
    lane.insist(
        new Order<>(
            new LoadCommand(wanted.stream().map(RecordNames::of).toList()),
            roster.generation(), answer));
  }

  /** Takes note of a record; false if it cannot be read, and the job has been given up. */
  private boolean learn(GroupJob job, RecordKey key, RawRecord raw) {
    try {
      StoredRecord record = new StoredRecord(key, raw.version(), raw.owner(), raw.fields());
      job.learn(key, record);
      cache.put(key, record);
      return true;
    } catch (IllegalArgumentException | DateTimeException strange) {
      LOG.warn(
          "{} cannot be read ({}), and what needs it is refused; nodes of different versions run"
              + " side by side",
          key.kind(), strange.getMessage());
      giveUp(job);
      return false;
    }
  }

  /**
   * Thinks a command through, and has it committed.
   *
   * @param last whether the job is done with it
   */
  private void think(GroupJob job, GroupCommand command, Standing standing, boolean last) {
    switch (evaluate(job, command)) {
      case Evaluation.Need need -> load(job, need.keys());
      case Evaluation.Done done -> {
        Draft draft =
            Draft.of(command.realm(), standing, job, last, done, rules.limits());
        if (pens.take(job, draft.touched(), draft.changed())) {
          job.setAnswer(draft.answer());
          commit(job, draft, last);
        }
      }
    }
  }

  /**
   * Records that were read at different times may contradict each other, which the rules take for a
   * defect. Then all of them are read again, at once.
   */
  private Evaluation evaluate(GroupJob job, GroupCommand command) {
    job.beginReading();
    try {
      return rules.evaluate(command, key -> job.read(key, cache));
    } catch (RuntimeException contradiction) {
      if (job.tryAgain() > MOST_CONTRADICTIONS) {
        throw contradiction;
      }
      counts.retried();
      return new Evaluation.Need(Set.copyOf(job.reads().keySet()));
    }
  }

  /** Has nothing done but the command answered, behind all that it was to be told before. */
  private void answer(GroupJob job, GroupAnswer answer) {
    job.beginReading();
    job.setAnswer(answer);
    commit(job, Draft.answerOnly(job), true);
  }

  private void commit(GroupJob job, Draft draft, boolean last) {
    Order.Answer<Outcome> answer =
        new Order.Answer<>() {
          @Override
          public void done(Outcome outcome) {
            List<RecordKey> free = pens.drop(job);
            switch (outcome) {
              case Outcome.Committed(String version) -> {
                counts.committed();
                takeOver(draft, version);
                conclude(job, draft, last, true);
              }
              case Outcome.NoStanding none -> conclude(job, draft, last, false);
              case Outcome.Stale(Map<Integer, RawRecord> fresh) -> again(job, draft, fresh);
            }
            pens.pass(free);
          }

          @Override
          public void failed() {
            List<RecordKey> free = pens.drop(job);
            giveUp(job);
            pens.pass(free);
          }
        };
    lane.insist(new Order<>(draft.command(), roster.generation(), answer));
    draft.earliestDeadline().ifPresent(after -> deadlines.within(after.toMillis()));
  }

  private void takeOver(Draft draft, String version) {
    draft.changes().forEach(
        (key, changes) -> {
          if (key.kind() == RecordKind.REALM) {
            // Counted without looking: how many there are is not known, and need not be.
            StoredRecord realm = cache.get(key);
            if (realm != null) {
              for (Change change : changes) {
                realm.change(change, realm.version());
              }
            }
          } else {
            cache.changed(key, draft.versions().get(key), changes, version);
          }
        });
  }

  private void conclude(GroupJob job, Draft draft, boolean last, boolean isDone) {
    forgetOwner(job, draft.command().standing());
    if (!last) {
      advance(job);
      return;
    }
    switch (job.task()) {
      case GroupTask.Asked(Arrive arrive, Recipient requester) -> {
        Registration registration = job.registration();
        if (job.answer() instanceof GroupAnswer.Done && registration != null && isDone) {
          users.put(arrive.user(), registration);
        }
      }
      case GroupTask.Asked other -> {}
      case GroupTask.Leaving(Departure departure, Recipient owner) -> {
        Registration here = users.get(departure.user());
        if (here != null && here.recipient() == owner) {
          users.remove(departure.user());
        }
      }
      case GroupTask.Orphaned orphaned -> {}
      case GroupTask.Ripe ripe -> {}
    }
    finish(job);
  }

  /** Whose a user is, is not among its fields; so it has to be read anew. */
  private void forgetOwner(GroupJob job, Standing standing) {
    PeerAddress user = switch (standing) {
      case Standing.Arriving arriving -> arriving.address();
      case Standing.Departing departing -> departing.address();
      case Standing.Orphan orphan -> orphan.address();
      case Standing.Owner owner -> null;
      case Standing.Anybody anybody -> null;
    };
    if (user != null) {
      job.forget(key(user));
      cache.forget(key(user));
    }
  }

  private void again(GroupJob job, Draft draft, Map<Integer, RawRecord> fresh) {
    counts.retried();
    for (Map.Entry<Integer, RawRecord> each : fresh.entrySet()) {
      if (!learn(job, draft.reads().get(each.getKey()), each.getValue())) {
        return;
      }
    }
    if (job.tryAgain() < MOST_TRIES || job.task() instanceof GroupTask.Leaving) {
      advance(job);
    } else if (job.task() instanceof GroupTask.Asked) {
      LOG.warn("a command of groups is refused: its records were different {} times", MOST_TRIES);
      answer(job, UNAVAILABLE);
    } else {
      finish(job);
    }
  }

  /** Nothing more can be done for it. */
  private void giveUp(GroupJob job) {
    tell(job.number(), UNAVAILABLE);
    finish(job);
  }

  private void finish(GroupJob job) {
    switch (job.task()) {
      case GroupTask.Asked asked -> commands.decrementAndGet();
      case GroupTask.Orphaned(Departure departure, String over, Promise<Void> done) ->
          done.complete();
      case GroupTask.Leaving leaving -> {}
      case GroupTask.Ripe ripe -> {}
    }
    turns.done(job);
    endIfIdle();
  }
}
