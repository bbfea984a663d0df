package dev.parley.cluster.groups;

import dev.parley.cluster.groups.GroupTransactions.Step;
import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.record.StoredRecord;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.Registration;
import dev.parley.cluster.script.AbandonedUsersCommand.AbandonedUsers;
import dev.parley.cluster.script.CommitCommand.Precondition;
import dev.parley.cluster.script.InboxEntry.Ending;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.config.ByteSize;
import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.RecordKey;
import dev.parley.hub.Groups;
import dev.parley.hub.MinuteThrottle;
import dev.parley.hub.Recipient;
import dev.parley.metrics.GroupMetrics;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of a cluster: keeps the users of this node, runs their commands, due deadlines, and
 * departures of abandoned users in order, and answers requesters. {@link GroupTransactions} commits
 * each of them. Events and answers arrive through the inboxes of the recipients' nodes, in the
 * order of the commits.
 *
 * <p>{@link #command} and {@link #depart} are thread-safe; everything else is confined to the hub's
 * event loop.
 */
public final class RedisGroups implements Groups, GroupTransactions.TransactionListener {

  private static final Logger LOG = LoggerFactory.getLogger(RedisGroups.class);

  private static final int MAX_COMMANDS = 20_000;
  public static final ByteSize MAX_BYTES = ByteSize.ofMiB(64);
  private static final int MAX_TRIES = 200;
  private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_EVICTIONS = 10;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final GroupAnswer NOT_HERE = new GroupAnswer.Refused(Refusal.NOT_HERE);
  private static final GroupAnswer UNAVAILABLE = new GroupAnswer.Refused(Refusal.UNAVAILABLE);

  private final LoopContext loop;
  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final RoomDeadlines deadlines;
  private final GroupTransactions transactions;
  private final GroupLimits limits;
  private final GroupMetrics metrics;

  private final Backlog backlog = new Backlog(MAX_COMMANDS, MAX_BYTES);
  private final SerialExecutor<GroupJob, RecordKey> executor =
      new SerialExecutor<>(GroupJob::key, this::advance);
  /** Users on this node, with the registrations that own them. */
  private final Map<PeerAddress, Registration> users = new HashMap<>();
  private final Map<PeerAddress, MinuteThrottle> newRooms = new HashMap<>();
  private final Map<Long, GroupJob> unanswered = new HashMap<>();
  private final List<Registration> lost = new ArrayList<>();

  private long numbers;
  private long refusalReportedAt;
  private @Nullable NodeEpoch nodeEpoch;
  private @Nullable Promise<Void> closing;

  public RedisGroups(
      CommandPipeline pipeline, LocalRegistry localRegistry, GroupLimits limits,
      ClusterMetrics counts, SetAside setAside, GroupMetrics metrics) {
    this.loop = pipeline.loop();
    this.pipeline = pipeline;
    this.localRegistry = localRegistry;
    this.limits = limits;
    this.metrics = metrics;
    this.deadlines =
        new RoomDeadlines(pipeline, due -> add(new GroupTask.DueDeadlines(due)), setAside);
    this.transactions =
        new GroupTransactions(pipeline, deadlines, limits, counts, setAside, this);
  }

  // ---- any thread

  @Override
  public void command(Recipient requester, UserCommand command) {
    if (backlog.admits(command)) {
      hand(new GroupTask.Asked(command, requester));
    } else {
      requester.deliver(UNAVAILABLE);
    }
  }

  @Override
  public void depart(Recipient owner, PeerAddress user) {
    hand(new GroupTask.Leaving(new Departure(user), owner));
  }

  private void hand(GroupTask task) {
    loop.run(() -> add(task));
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    loop.run(
        () -> {
          deadlines.stop();
          closing = closed;
          long timer = loop.vertx().setTimer(CLOSE_TIMEOUT.toMillis(), id -> closed.tryComplete());
          var unused = closed.future().onComplete(done -> loop.vertx().cancelTimer(timer));
          endIfIdle();
        });
    return closed.future();
  }

  private void endIfIdle() {
    assert loop.isCurrent();
    Promise<Void> waiting = closing;
    if (waiting != null && executor.size() == 0) {
      waiting.tryComplete();
    }
  }

  // ---- epochs

  /** An epoch has begun. Sessions whose users belonged to the former one lose their ids. */
  public void epochBegun(NodeEpoch begun) {
    assert loop.isCurrent();
    nodeEpoch = begun;
    lost.forEach(each -> localRegistry.revoke(each, IdLost.Reason.GROUPS_LOST));
    lost.clear();
    deadlines.within(0);
  }

  /** The epoch is over; the pipeline has failed all commands in flight. */
  public void epochEnded() {
    assert loop.isCurrent();
    nodeEpoch = null;
    List.copyOf(unanswered.keySet()).forEach(number -> tell(number, UNAVAILABLE));
    lost.addAll(users.values());
    users.clear();
    newRooms.clear();
    transactions.clear();
  }

  /** The users on this node, with the registrations that own them. */
  public Map<PeerAddress, Registration> users() {
    assert loop.isCurrent();
    return new HashMap<>(users);
  }

  // ---- from the inbox

  /** A command was committed or rejected. */
  public void answered(long number, Ending ending) {
    assert loop.isCurrent();
    GroupJob job = unanswered.get(number);
    if (job != null) {
      tell(
          number,
          switch (ending) {
            case COMMITTED -> Objects.requireNonNull(job.answer());
            case NO_PRECONDITION -> NOT_HERE;
            case OUT_OF_MEMORY -> UNAVAILABLE;
          });
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
    assert loop.isCurrent();
    GroupJob job = new GroupJob(task, ++numbers);
    if (task instanceof GroupTask.Asked) {
      unanswered.put(job.number(), job);
    }
    executor.add(job);
  }

  /**
   * Departs abandoned users, whose epoch is over. Completes when all of them are processed: whether
   * any has departed.
   */
  public Future<Boolean> depart(AbandonedUsers abandonedUsers) {
    assert loop.isCurrent();
    List<Future<Boolean>> all = new ArrayList<>();
    for (PeerAddress user : abandonedUsers.users()) {
      Promise<Boolean> done = Promise.promise();
      all.add(done.future());
      add(new GroupTask.Orphaned(new Departure(user), abandonedUsers.nodeEpoch(), done));
    }
    return Future.all(all).map(each -> each.<Boolean>list().contains(true));
  }

  /** Runs the next step. Every job that is not waiting for Redis or a lock passes through here. */
  @Override
  public void advance(GroupJob job) {
    assert loop.isCurrent();
    if (nodeEpoch == null || !pipeline.hasEpoch() || !pipeline.isOpen()) {
      failed(job);
      return;
    }
    try {
      runStep(job);
    } catch (RuntimeException defect) {
      LOG.error("{} could not be dealt with; please report this", job.task(), defect);
      failed(job);
    }
  }

  private void runStep(GroupJob job) {
    switch (job.task()) {
      case GroupTask.Asked(Arrive arrive, Recipient requester) -> arrive(job, arrive, requester);
      case GroupTask.Asked(UserCommand command, Recipient requester) -> {
        Registration here = users.get(command.user());
        if (here == null || here.recipient() != requester) {
          transactions.answer(job, NOT_HERE);
        } else {
          run(
              job, command,
              new Precondition.Owner(name(command.user()), command.user(), owner(here)));
        }
      }
      case GroupTask.Leaving(Departure departure, Recipient owner) -> {
        Registration here = users.get(departure.user());
        if (here == null || here.recipient() != owner) {
          finish(job);
        } else {
          run(job, departure, departing(departure.user(), owner(here)));
        }
      }
      case GroupTask.Orphaned(Departure departure, String over, Promise<Boolean> done) -> {
        PeerAddress user = departure.user();
        run(job, departure, new Precondition.Orphan(name(user), user, over));
      }
      case GroupTask.DueDeadlines(RoomDue due) -> run(job, due, new Precondition.Anybody());
      case GroupTask.Evicted(RoomDue due, Runnable done) -> run(
          job, due, new Precondition.Anybody());
    }
  }

  /** Arrives; an existing user of that name with another owner departs first. */
  private void arrive(GroupJob job, Arrive arrive, Recipient requester) {
    PeerAddress user = arrive.user();
    Registration registration = localRegistry.owned(requester, user);
    if (registration == null) {
      transactions.answer(job, NOT_HERE);
      return;
    }
    job.setRegistration(registration);
    StoredRecord known = transactions.look(job, GroupTask.user(user));
    if (known == null) {
      transactions.load(job, List.of(GroupTask.user(user)));
    } else if (known.owner().isEmpty() && !known.isAbsent()) {
      // Another client of Redis has removed its owner; without one the user would never depart.
      transactions.run(job, new Step(new Departure(user), new Precondition.Anybody(), false));
    } else if (known.owner().isEmpty()) {
      run(job, arrive, new Precondition.Arriving(name(user), user, registration.number()));
    } else if (known.owner().equals(owner(registration))) {
      run(job, arrive, new Precondition.Owner(name(user), user, known.owner()));
    } else {
      transactions.run(
          job, new Step(new Departure(user), departing(user, known.owner()), false));
    }
  }

  private void run(GroupJob job, GroupCommand command, Precondition precondition) {
    transactions.run(job, new Step(command, precondition, true));
  }

  private static Precondition departing(PeerAddress user, String owner) {
    return new Precondition.Departing(name(user), user, owner);
  }

  private static String name(PeerAddress user) {
    return RecordNames.user(user.id());
  }

  private String owner(Registration registration) {
    return nodeEpoch + " " + registration.number();
  }

  // ---- outcomes

  @Override
  public void concluded(GroupJob job, Step step, boolean committed) {
    assert loop.isCurrent();
    if (!step.last()) {
      advance(job);
      return;
    }
    switch (job.task()) {
      case GroupTask.Asked(Arrive arrive, Recipient requester) -> {
        Registration registration = job.registration();
        if (job.answer() instanceof GroupAnswer.Done && registration != null && committed) {
          users.put(arrive.user(), registration);
        }
        account(job, arrive, requester);
      }
      case GroupTask.Asked(UserCommand command, Recipient requester) -> {
        if (committed) {
          account(job, command, requester);
        }
      }
      case GroupTask.Leaving(Departure departure, Recipient owner) -> {
        Registration here = users.get(departure.user());
        if (here != null && here.recipient() == owner) {
          users.remove(departure.user());
          newRooms.remove(departure.user());
        }
      }
      case GroupTask.Orphaned orphaned -> orphaned.done().complete(true);
      case GroupTask.DueDeadlines dueDeadlines -> {}
      case GroupTask.Evicted evicted -> metrics.evicted();
    }
    finish(job);
  }

  /** Charges the requester for what others receive because of its command. */
  private void account(GroupJob job, UserCommand command, Recipient requester) {
    Evaluation.Done done = job.evaluation();
    if (done == null) {
      return;
    }
    Refusal refusal = done.refusal();
    if (refusal != null && (refusal.isLimit() || !done.exhausted().isEmpty())) {
      metrics.refused(refusal);
    }
    long price = GroupRules.price(command, done);
    if (price > 0) {
      requester.charge(price);
    }
  }

  @Override
  public boolean mayMakeRoom(GroupJob job) {
    assert loop.isCurrent();
    if (job.makesRoom() || !(job.task() instanceof GroupTask.Asked(UserCommand asked, var any))) {
      return true;
    }
    long now = System.nanoTime();
    boolean may = newRooms
        .computeIfAbsent(
            asked.user(), user -> new MinuteThrottle(limits.newRoomsPerMinute(), now))
        .pass(now);
    if (may) {
      job.setMakesRoom();
    } else {
      metrics.refused(Refusal.TOO_MANY_ROOMS);
    }
    return may;
  }

  @Override
  public boolean evicts(GroupJob job) {
    assert loop.isCurrent();
    if (!job.mayEvict(MAX_EVICTIONS)) {
      return false;
    }
    deadlines.oldest(job.task().command().realm(), oldest -> {
      if (oldest == null) {
        failed(job);
      } else {
        evict(job, oldest);
      }
    });
    return true;
  }

  private void evict(GroupJob job, List<RoomDue> rooms) {
    if (rooms.isEmpty()) {
      job.endEvictions();
      advance(job);
      return;
    }
    AtomicInteger left = new AtomicInteger(rooms.size());
    Runnable done = () -> {
      if (left.decrementAndGet() == 0) {
        advance(job);
      }
    };
    rooms.forEach(each -> add(new GroupTask.Evicted(each, done)));
  }

  @Override
  public void outdated(GroupJob job) {
    assert loop.isCurrent();
    if (job.tryAgain() < MAX_TRIES || job.task() instanceof GroupTask.Leaving) {
      advance(job);
    } else if (job.task() instanceof GroupTask.Asked) {
      reportRefused();
      transactions.answer(job, UNAVAILABLE);
    } else {
      finish(job);
    }
  }

  /** At most once a minute, as clients can cause it. */
  private void reportRefused() {
    long now = System.nanoTime();
    if (refusalReportedAt == 0 || now - refusalReportedAt > REPORT_INTERVAL.toNanos()) {
      refusalReportedAt = now;
      LOG.warn("a command of groups is refused after {} version conflicts", MAX_TRIES);
    }
  }

  @Override
  public void failed(GroupJob job) {
    assert loop.isCurrent();
    tell(job.number(), UNAVAILABLE);
    finish(job);
  }

  private void finish(GroupJob job) {
    assert loop.isCurrent();
    switch (job.task()) {
      case GroupTask.Asked(UserCommand command, Recipient requester) -> backlog.release(command);
      case GroupTask.Orphaned orphaned -> orphaned.done().tryComplete(false);
      case GroupTask.Leaving leaving -> {}
      case GroupTask.DueDeadlines dueDeadlines -> {}
      case GroupTask.Evicted evicted -> evicted.done().run();
    }
    executor.done(job);
    endIfIdle();
  }
}
