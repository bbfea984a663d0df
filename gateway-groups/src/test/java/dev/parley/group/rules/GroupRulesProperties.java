package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Actions.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties that hold for all random runs of a few users. */
class GroupRulesProperties {

  private static final int TRIES = 1000;

  @Provide
  Arbitrary<List<Action>> actions() {
    return Actions.all();
  }

  /** Runs random actions, and records their effects. */
  private static final class Run {

    private final GroupRules rules = new GroupRules(GroupLimits.DEFAULT);
    private final TestRecords records = new TestRecords();
    private final Map<RecordKey, DeadlineChange.Set> deadlines = new LinkedHashMap<>();
    private final List<Evaluation.Done> transcript = new ArrayList<>();

    Evaluation.Done run(GroupCommand command) {
      Evaluation.Done done = (Evaluation.Done) rules.evaluate(command, records);
      records.apply(done.changes());
      for (DeadlineChange change : done.deadlines()) {
        switch (change) {
          case DeadlineChange.Set set -> deadlines.put(set.key(), set);
          case DeadlineChange.Clear clear -> deadlines.remove(clear.key());
        }
      }
      transcript.add(done);
      return done;
    }

    /** The command of an action; none if there is no deadline. */
    List<GroupCommand> commands(Action action) {
      return switch (action) {
        case Action.Does does -> List.of(does.command());
        case Action.TimePasses passes -> deadlines.values().stream().limit(1)
            .<GroupCommand>map(DeadlineChange.Set::due).toList();
      };
    }

    void forgetDeadlineOf(GroupCommand command) {
      deadlines.values().removeIf(each -> each.due().equals(command));
    }

    void runAll(List<Action> actions) {
      Actions.arrivals().forEach(this::run);
      for (Action action : actions) {
        for (GroupCommand command : commands(action)) {
          forgetDeadlineOf(command);
          run(command);
        }
      }
    }
  }

  @Property(tries = TRIES)
  void afterEveryCommandRecordsAgreeAndEverybodyKnowsWhatIs(@ForAll("actions") List<Action> all) {
    Run run = new Run();
    Map<String, Witness> witnesses = new HashMap<>();
    List<Action> actions = new ArrayList<>();
    Actions.arrivals().forEach(arrive -> actions.add(new Action.Does(arrive)));
    actions.addAll(all);
    for (Action action : actions) {
      for (GroupCommand command : run.commands(action)) {
        run.forgetDeadlineOf(command);
        Evaluation.Done done = run.run(command);
        switch (command) {
          case Arrive arrive when isDone(done) ->
              witnesses.put(arrive.user().id(), new Witness(arrive.user().id()));
          case Departure departure -> witnesses.remove(departure.user().id());
          default -> {
          }
        }
        tell(witnesses, command, done);
        Consistency.check(run.records);
        witnesses.values().forEach(witness -> witness.compare(run.records));
        assertThat(run.deadlines.keySet()).isEqualTo(emptyRooms(run.records));
      }
    }
  }

  private static boolean isDone(Evaluation.Done done) {
    return done.effects().contains(new Effect.Answer(new GroupAnswer.Done()));
  }

  /** Recipients of an event are present, and get it once. */
  private static void tell(
      Map<String, Witness> witnesses, GroupCommand command, Evaluation.Done done) {
    for (Effect effect : done.effects()) {
      switch (effect) {
        case Effect.Tell tell -> {
          assertThat(tell.users()).isNotEmpty().doesNotHaveDuplicates();
          assertThat(witnesses.keySet()).as("sent: %s", tell.event()).containsAll(tell.users());
          tell.users().forEach(user -> witnesses.get(user).hear(tell.event()));
        }
        case Effect.Answer answer -> {
          assertThat(command).isInstanceOf(UserCommand.class);
          UserCommand asked = (UserCommand) command;
          Witness witness = witnesses.get(asked.user().id());
          if (witness != null) {
            witness.hear(asked, answer.answer());
          }
        }
      }
    }
  }

  private static Set<RecordKey> emptyRooms(TestRecords records) {
    Set<RecordKey> empty = new HashSet<>();
    records.all().forEach((key, parts) -> {
      if (key.kind() == RecordKind.ROOM && !parts.containsKey(FieldGroup.MEMBER)) {
        empty.add(key);
      }
    });
    return empty;
  }

  @Property(tries = TRIES)
  void everyCommandOfAUserIsAnsweredOnceAndARefusedOneChangesNothing(
      @ForAll("actions") List<Action> actions) {
    Run run = new Run();
    Actions.arrivals().forEach(run::run);
    for (Action action : actions) {
      for (GroupCommand command : run.commands(action)) {
        run.forgetDeadlineOf(command);
        Evaluation.Done done = run.run(command);
        List<Effect> answers =
            done.effects().stream().filter(Effect.Answer.class::isInstance).toList();
        assertThat(answers).hasSize(command instanceof UserCommand ? 1 : 0);
        if (!answers.isEmpty()
            && ((Effect.Answer) answers.getFirst()).answer() instanceof GroupAnswer.Refused) {
          assertThat(done.effects()).hasSize(1);
          assertThat(done.changes()).isEmpty();
          assertThat(done.deadlines()).isEmpty();
        }
      }
    }
  }

  @Property(tries = TRIES)
  void nothingIsLeftOfAUserThatIsGoneNorOfAnythingInTheEnd(
      @ForAll("actions") List<Action> actions) {
    Run run = new Run();
    run.runAll(actions);

    for (GroupCommand departure : Actions.farewell()) {
      run.run(departure);
      String gone = ((Departure) departure).user().id();
      run.records.all().forEach((key, parts) -> {
        assertThat(key.kind() == RecordKind.USER && key.id().equals(gone)).isFalse();
        parts.forEach((part, fields) -> {
          // A foreign member may have had the name of a user that was absent.
          if (part != FieldGroup.FOREIGN) {
            assertThat(fields).doesNotContainKey(gone);
          }
        });
        parts.getOrDefault(FieldGroup.INVITATION, Map.of()).values().forEach(
            each -> assertThat(((Value.Invitation) each).peer()).isNotEqualTo(gone));
        parts.getOrDefault(FieldGroup.FOREIGN, Map.of()).values().forEach(
            each -> assertThat(((Value.Foreign) each).lost()).doesNotContain(gone));
      });
    }
    List.copyOf(run.deadlines.values()).forEach(each -> run.run(each.due()));

    assertThat(run.records.all()).isEmpty();
  }

  @Property(tries = TRIES)
  void theSameCommandsComeToTheSameTranscript(@ForAll("actions") List<Action> actions) {
    Run once = new Run();
    once.runAll(actions);
    Run again = new Run();
    again.runAll(actions);

    assertThat(again.transcript).isEqualTo(once.transcript);
  }

  @Property(tries = TRIES)
  void recordsThatComeOneByOneMakeNoDifference(@ForAll("actions") List<Action> actions) {
    Run run = new Run();
    Actions.arrivals().forEach(run::run);
    for (Action action : actions) {
      for (GroupCommand command : run.commands(action)) {
        run.forgetDeadlineOf(command);
        Evaluation oneByOne = oneRecordARound(run, command);
        assertThat(oneByOne).isEqualTo(run.run(command));
      }
    }
  }

  /** Evaluates with no records at first, and adds one missing record at a time. */
  private static Evaluation oneRecordARound(Run run, GroupCommand command) {
    Set<RecordKey> loaded = new HashSet<>();
    Records atHand = key -> loaded.contains(key) ? run.records.find(key) : null;
    Evaluation evaluation = run.rules.evaluate(command, atHand);
    while (evaluation instanceof Evaluation.Need need) {
      assertThat(loaded.add(need.keys().iterator().next())).isTrue();
      evaluation = run.rules.evaluate(command, atHand);
    }
    return evaluation;
  }
}
