package dev.parley.group.rules;

import static dev.parley.group.rules.World.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetRoomStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the rules request records, and what they change. */
class GroupRulesTest {

  private final GroupRules rules = new GroupRules(GroupLimits.DEFAULT);
  private final World world = new World();

  /** The records requested, round by round, until the command is decided. */
  private List<Set<RecordKey>> rounds(GroupCommand command) {
    List<Set<RecordKey>> rounds = new ArrayList<>();
    Set<RecordKey> loaded = new HashSet<>();
    Records atHand = key -> loaded.contains(key) ? world.records().find(key) : null;
    while (rules.evaluate(command, atHand) instanceof Evaluation.Need need) {
      assertThat(need.keys()).isNotEmpty();
      assertThat(loaded).doesNotContainAnyElementsOf(need.keys());
      loaded.addAll(need.keys());
      rounds.add(need.keys());
    }
    return rounds;
  }

  private static RecordKey key(RecordKind kind, String id) {
    return new RecordKey(World.REALM, kind, id);
  }

  private static RecordKey user(String name) {
    return key(RecordKind.USER, name);
  }

  private static RecordKey room(String name) {
    return key(RecordKind.ROOM, name);
  }

  private static RecordKey subscribers(String namespace) {
    return key(RecordKind.SUBSCRIBERS, namespace);
  }

  @Test
  void givenASignalFromMemberToMember_whenEvaluated_thenTheRoomAloneIsRead() {
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("r");
    bert.joins("r");
    anna.registersRoom("n", "r");

    assertThat(rounds(new SendToMember(address("anna"), "r", "bert", "e", World.json("1"))))
        .containsExactly(Set.of(room("r")));
  }

  @Test
  void givenSomebodyWhoJoins_whenEvaluated_thenThatTakesTwoRoundsHoweverManyMembersThereAre() {
    Person anna = world.person("anna");
    anna.joins("r");
    anna.registersRoom("n", "r");
    anna.registersRoom("m", "r");
    for (int i = 0; i < 20; i++) {
      world.person("p" + i).joins("r");
    }
    world.person("bert");

    assertThat(rounds(new Join(address("bert"), "r", World.json("{}"), Duration.ofMinutes(1))))
        .containsExactly(
            Set.of(user("bert"), room("r"), realm()),
            Set.of(subscribers("n"), subscribers("m"), count("n"), count("m")));
  }

  @Test
  void givenAUserInManyRooms_whenItDeparts_thenItTakesThreeRoundsHoweverManyThereAre() {
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    for (int i = 0; i < 10; i++) {
      bert.joins("r" + i);
      anna.joins("r" + i);
      anna.registersRoom("n" + i, "r" + i);
      anna.registers("m" + i);
      anna.subscribes("s" + i);
      anna.invites("r" + i, world.person("p" + i).name());
      anna.invites("q" + i, "bert");
      anna.registersRoom("q" + i, "q" + i);
    }

    List<Set<RecordKey>> rounds = rounds(new Departure(address("anna")));

    assertThat(rounds).hasSize(3);
    assertThat(rounds.getFirst()).containsExactly(user("anna"));
    assertThat(rounds.stream().flatMap(Set::stream)).doesNotContain(subscribers("s1"));
  }

  @Test
  void givenAChange_whenEvaluated_thenOnlyWhatChangesIsWritten() {
    Person anna = world.person("anna", "{'nick':'A'}");
    Person bert = world.person("bert");
    anna.joins("r");
    bert.joins("r");
    anna.registers("n");

    assertThat(changed(new SetRoomStatus(address("anna"), "r", "a", World.json("1"), null)))
        .containsExactly("r status a", " counter bytes");
    assertThat(changed(new SendToMember(address("anna"), "r", "bert", "e", World.json("1"))))
        .isEmpty();
    assertThat(changed(new SetStatus(address("anna"), World.json("{}"))))
        .containsExactlyInAnyOrder("anna profile ", "r member anna", "n user anna",
            "anna counter bytes", "n counter bytes", " counter bytes");
  }

  private static RecordKey realm() {
    return new RecordKey(World.REALM, RecordKind.REALM, "");
  }

  private static RecordKey count(String namespace) {
    return new RecordKey(World.REALM, RecordKind.NAMESPACE, namespace);
  }

  private List<String> changed(GroupCommand command) {
    Evaluation.Done done = (Evaluation.Done) rules.evaluate(command, world.records());
    return done.changes().stream()
        .map(change -> change.key().id() + " " + change.part() + " " + change.name()).toList();
  }

  @Test
  void givenARefusal_whenEvaluated_thenNothingIsChangedAndNobodyElseTold() {
    world.person("anna");

    Evaluation done =
        rules.evaluate(new Join(address("nobody"), "r", World.json("{}"), Duration.ZERO),
            world.records());

    assertThat(done).isEqualTo(new Evaluation.Done(List.of(),
        List.of(new Effect.Answer(new GroupAnswer.Refused(Refusal.NOT_HERE))), List.of(), 0,
        Map.of(), Set.of(), false));
  }

  @Test
  void givenRoomsThatDoNotLinger_whenTheLastMemberGoes_thenTheRoomIsGoneAtOnce() {
    Person anna = world.person("anna");
    anna.hears();
    world.run(new Join(address("anna"), "r", World.json("{}"), Duration.ZERO), anna);
    anna.registersRoom("n", "r");
    anna.subscribes("n");
    anna.hears();

    anna.leaves("r");
    anna.leaves("r");

    assertThat(anna.hears())
        .containsExactly("n: -room r", "= done", "= refused NO_SUCH_ROOM");
    assertThat(world.due()).isEmpty();
    assertThat(world.records().all()).containsOnlyKeys(
        user("anna"), subscribers("n"), realm());
  }
}
