package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.group.GroupLimits;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Most limits here are 2, so that the third is refused. */
class LimitsTest {

  private static World world(GroupLimits limits) {
    return new World(limits);
  }

  @Test
  void givenAsManyRoomsAsThereMayBe_whenOneMoreIsMade_thenItIsRefusedUntilOneIsGone() {
    World world = world(LimitsBut.with("rooms", 2));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("a");
    anna.joins("b");
    anna.hears();

    anna.joins("c");
    anna.invites("c", "bert");
    bert.joins("a");

    assertThat(anna.hears()).containsExactly(
        "= refused TOO_MANY_ROOMS", "= refused TOO_MANY_ROOMS", "a: +bert {}");
    anna.leaves("b");
    anna.joins("c");
    world.waitForEmptyRooms();
    anna.joins("c");
    assertThat(anna.hears())
        .containsExactly("= done", "= refused TOO_MANY_ROOMS", "= joined c [] {}");
  }

  @Test
  void givenARoomThatIsFull_whenSomebodyJoinsOrIsInvited_thenItIsRefused() {
    World world = world(LimitsBut.with("membersPerRoom", 2));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    Person carl = world.person("carl");
    anna.joins("r");
    bert.joins("r");
    anna.hears();
    bert.hears();

    carl.joins("r");
    anna.invites("r", "carl");

    assertThat(carl.hears()).containsExactly("= refused ROOM_FULL");
    assertThat(anna.hears()).containsExactly("= refused ROOM_FULL");
    assertThat(bert.hears()).isEmpty();
  }

  @Test
  void givenARoomFullOfInvitedUsers_whenOthersJoinOrAreInvited_thenOnlyInvitingIsRefused() {
    World world = world(LimitsBut.with("membersPerRoom", 2, "invitationsPerRoom", 2));
    Person anna = world.person("anna");
    Person stranger = world.person("stranger");
    for (String each : List.of("b", "c", "d")) {
      world.person(each);
      stranger.invites("r", each);
    }

    assertThat(stranger.hears())
        .containsExactly("= invited 0", "= invited 1", "= refused ROOM_FULL");
    anna.joins("r");
    stranger.joins("r");
    assertThat(anna.hears()).containsExactly("= joined r [b? {}, c? {}] {}", "r: +stranger {}");
    assertThat(stranger.hears()).last().asString().startsWith("= joined r");
  }

  @Test
  void givenAUserInAsManyRoomsAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(LimitsBut.with("roomsPerUser", 2));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    bert.joins("a");
    bert.joins("b");
    anna.invites("c", "bert");
    anna.joins("d");
    anna.hears();
    bert.hears();

    bert.joins("d");
    bert.accepts(0);

    assertThat(bert.hears()).containsOnly("= refused IN_TOO_MANY_ROOMS").hasSize(2);
    bert.leaves("a");
    bert.accepts(0);
    assertThat(bert.hears()).containsExactly("= done", "= done");
  }

  @Test
  void givenManyInvitations_whenTheInvitedUserJoinsAndInvites_thenNoneOfThemCounts() {
    World world = world(LimitsBut.with("roomsPerUser", 2, "invitationsPerUser", 2,
        "invitationsReceived", 30));
    Person victim = world.person("victim");
    for (int i = 0; i < 20; i++) {
      Person inviter = world.person("inviter" + i);
      inviter.invites("a" + i, "victim");
      inviter.invites("b" + i, "victim");
    }
    world.person("friend");
    victim.hears();

    victim.joins("own");
    victim.joins("other");
    victim.invites("own", "friend");
    victim.invites("other", "friend");

    assertThat(victim.hears()).filteredOn(each -> each.startsWith("= "))
        .containsExactly("= joined own [] {}", "= joined other [] {}", "= invited 30",
            "= invited 31");
    assertThat(world.records().find(World.user("victim")).values(FieldGroup.INVITATION))
        .hasSize(32);
  }

  @Test
  void givenOneInviter_whenItInvitesOneUserAgainAndAgain_thenAFewAreOpenAndOthersMayInvite() {
    World world = world(LimitsBut.with("invitationsPerPair", 2));
    Person attacker = world.person("attacker");
    Person victim = world.person("victim");
    Person friend = world.person("friend");
    for (int i = 0; i < 50; i++) {
      attacker.invites("a" + i, "victim");
    }

    assertThat(attacker.hears()).startsWith("= invited 0", "= invited 1",
        "= refused TOO_MANY_INVITATIONS").hasSize(50);
    friend.invites("party", "victim");
    assertThat(friend.hears()).containsExactly("= invited 0");
    assertThat(victim.hears()).hasSize(3);
  }

  @Test
  void givenAUserInAsManyNamespacesAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(LimitsBut.with("namespacesPerUser", 2));
    Person anna = world.person("anna");
    for (String each : List.of("a", "b", "c")) {
      anna.subscribes(each);
      anna.registers(each);
    }

    assertThat(anna.hears()).endsWith("b: +anna {}", "= done",
        "= refused USER_IN_TOO_MANY_NAMESPACES", "= refused USER_IN_TOO_MANY_NAMESPACES");
    anna.unsubscribes("a");
    anna.subscribes("c");
    assertThat(anna.hears()).containsExactly("= done", "= subscribed, users [], rooms []");
  }

  @Test
  void givenARoomInAsManyNamespacesAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(LimitsBut.with("namespacesPerRoom", 2));
    Person anna = world.person("anna");
    anna.joins("r");
    anna.hears();
    for (String each : List.of("a", "b", "c")) {
      anna.registersRoom(each, "r");
    }

    assertThat(anna.hears())
        .containsExactly("= done", "= done", "= refused ROOM_IN_TOO_MANY_NAMESPACES");
  }

  @Test
  void givenAsManyOpenInvitationsAsThereMayBe_whenThereIsOneMore_thenItIsRefused() {
    World world = world(LimitsBut.with("invitationsPerUser", 2, "invitationsReceived", 2));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    Person carl = world.person("carl");
    anna.invites("a", "bert");
    anna.invites("b", "bert");
    anna.hears();
    bert.hears();

    anna.invites("c", "carl");
    carl.invites("c", "bert");
    assertThat(anna.hears()).containsExactly("= refused TOO_MANY_INVITATIONS");
    assertThat(carl.hears()).containsExactly("= refused RECIPIENT_BUSY");
    assertThat(bert.hears()).isEmpty();

    bert.denies(0);
    carl.invites("c", "bert");
    assertThat(carl.hears()).containsExactly("= invited 0");
  }

  @Test
  void givenAStatusThatIsTooBig_whenSet_thenItIsRefusedAndTheFormerOneStays() {
    World world = world(
        LimitsBut.with("status", new ByteSize(16)));
    String big = "{'x':'0123456789'}";
    Person anna = world.person("anna", "{'x':1}");
    Person bert = world.person("bert");
    bert.joins("r");
    anna.joins("r");
    bert.invites("q", "anna");
    anna.hears();
    bert.hears();

    new Person(world, "late").arrives(big);
    anna.setsStatus(big);
    anna.setsStatusIn("r", big);
    anna.joins("s", big);
    anna.accepts(0, big);

    assertThat(anna.hears()).hasSize(4).containsOnly("= refused STATUS_TOO_BIG");
    assertThat(bert.hears()).isEmpty();
    anna.setsStatusIn("r", "{}");
    assertThat(bert.hears()).containsExactly("r: anna is {x:1}");
  }

  @Test
  void givenARoomsStatus_whenItAsAWholeWouldBeTooBig_thenTheKeyIsNotSet() {
    World world = world(
        LimitsBut.with("status", new ByteSize(16)));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("r");
    bert.joins("r");
    anna.hears();

    anna.setsRoomStatus("r", "a", "1234567");
    anna.setsRoomStatus("r", "b", "123456");
    anna.setsRoomStatus("r", "b", "12345");
    anna.setsRoomStatus("r", "a", "12345678");
    anna.setsRoomStatus("r", "a", null);
    anna.setsRoomStatus("r", "b", "12345678901234");

    assertThat(anna.hears()).containsExactly("= done", "= refused STATUS_TOO_BIG", "= done",
        "= refused STATUS_TOO_BIG", "= done", "= done");
  }

  @Test
  void givenANameThatIsTooLong_whenUsed_thenItIsRefused() {
    World world = world(LimitsBut.with("nameLength", 3));
    Person anna = world.person("anna");
    world.person("bert");

    anna.joins("long");
    anna.invites("long", "bert");
    anna.subscribes("long");
    anna.registers("long");
    assertThat(anna.hears()).hasSize(4).containsOnly("= refused NAME_TOO_LONG");

    anna.joins("abc");
    anna.registersRoom("long", "abc");
    assertThat(anna.hears())
        .containsExactly("= joined abc [] {}", "= refused NAME_TOO_LONG");
  }

  @Test
  void givenALimitThatAllowsNothing_whenConfigured_thenItIsRefusedByItsName() {
    assertThatThrownBy(() -> LimitsBut.with("membersPerRoom", 0))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("membersPerRoom");
    assertThatThrownBy(
        () -> LimitsBut.with("status", new ByteSize(1)))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("status");
  }

  @Test
  void givenLimitsThatContradict_whenConfigured_thenTheKeyAndWhatItMustHoldAreNamed() {
    assertThatThrownBy(() -> LimitsBut.with("status", ByteSize.ofKiB(256)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("view: '640KiB' is not valid; expected at least 4 times"
            + " limits.groups.status, 256KiB");
    assertThatThrownBy(() -> LimitsBut.with("fanOut", ByteSize.ofKiB(1)))
        .hasMessage("fanOut: '1KiB' is not valid; expected at least limits.groups.view, 640KiB");
    assertThatThrownBy(() -> LimitsBut.with("bytes", ByteSize.ofMiB(1)))
        .hasMessageContaining("bytes").hasMessageContaining("bytesPerUser");
  }

  // ---- rooms that a user has created

  @Test
  void givenAUserThatMakesRoomsAndLeavesThem_whenItHasMadeAsManyAsItMay_thenEmptyOnesCount() {
    World world = world(LimitsBut.with("roomsPerUser", 3));
    Person anna = world.person("anna");
    for (int i = 0; i < 10; i++) {
      anna.joins("r" + i);
      anna.leaves("r" + i);
    }

    assertThat(world.records().find(World.user("anna")).values(FieldGroup.MADE)).hasSize(3);
    assertThat(anna.hears()).filteredOn("= refused TOO_MANY_ROOMS"::equals).hasSize(7);
    world.waitForEmptyRooms();
    anna.hears();
    anna.joins("again");
    assertThat(anna.hears()).containsExactly("= joined again [] {}");
  }

  @Test
  void givenAMakerThatIsGone_whenItsRoomEnds_thenNothingIsLeftOfEither() {
    World world = new World();
    Person anna = world.person("anna");
    anna.joins("r");
    anna.departs();
    world.person("anna").joins("other");

    world.waitForEmptyRooms();

    assertThat(world.records().find(World.user("anna")).values(FieldGroup.MADE))
        .containsOnlyKeys("other");
  }

  @Test
  void givenFewWhoMakeManyRooms_whenThreeQuartersAreTaken_thenTheRestIsForThoseWhoMakeFew() {
    World world = world(LimitsBut.with("rooms", 100, "roomsPerUser", 100));
    Person attacker = world.person("attacker");
    for (int i = 0; i < 100; i++) {
      attacker.joins("a" + i);
    }
    attacker.hears();

    for (int i = 0; i < 25; i++) {
      Person honest = world.person("honest" + i);
      honest.joins("r" + i);
      assertThat(honest.hears()).containsExactly("= joined r" + i + " [] {}");
    }
    Person late = world.person("late");
    late.joins("late");
    assertThat(late.hears()).containsExactly("= refused TOO_MANY_ROOMS");
  }

  // ---- bytes

  @Test
  void givenUsersWithBigStatuses_whenTheirBytesAreUsedUp_thenTheyAreRefusedAndOthersServed() {
    World world = world(LimitsBut.with("status", ByteSize.ofKiB(1), "bytesPerUser",
        ByteSize.ofKiB(128), "bytes", ByteSize.ofKiB(512)));
    String big = "{'x':'" + "x".repeat(1000) + "'}";
    for (int user = 0; user < 20; user++) {
      Person attacker = world.person("a" + user);
      for (int i = 0; i < 10; i++) {
        attacker.joins("r" + user + "." + i, big);
      }
    }

    assertThat(world.bytes()).isBetween(300L << 10, 512L << 10);
    Person honest = world.person("honest");
    honest.joins("calm");
    assertThat(honest.hears()).containsExactly("= joined calm [] {}");
  }

  @Test
  void givenARealmThatIsFull_whenUsersGiveSomethingUp_thenThatIsAlwaysDone() {
    World world = world(LimitsBut.with("status", new ByteSize(64), "bytesPerUser",
        ByteSize.ofKiB(3), "bytes", ByteSize.ofKiB(12)));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("r");
    anna.invites("r", "bert");
    anna.subscribes("n");
    int refused = 0;
    for (int i = 0; i < 50; i++) {
      anna.joins("more" + i);
      refused += anna.hears().contains("= refused UNAVAILABLE") ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(20);

    anna.leaves("r");
    anna.unsubscribes("n");
    bert.denies(0);

    assertThat(anna.hears()).contains("= done").doesNotContain("= refused UNAVAILABLE");
    assertThat(bert.hears()).contains("= done");
    anna.departs();
    bert.departs();
    world.waitForEmptyRooms();
    assertThat(world.records().all()).isEmpty();
  }

  // ---- views

  @Test
  void givenAThousandMembersWithUsualStatuses_whenTheyJoin_thenAllAreIn() {
    World world = new World();
    String usual = "{'name':'" + "n".repeat(200) + "','streams':'" + "s".repeat(200) + "'}";
    for (int i = 0; i < 1000; i++) {
      world.person("3f2b8c1e-5d7a-4e9f-8b6c-" + String.format("%012d", i)).joins("r", usual);
    }

    assertThat(world.records().find(World.room("r")).values(FieldGroup.MEMBER)).hasSize(1000);
    assertThat(world.shown("r")).isLessThan(GroupLimits.DEFAULT.view().bytes());
  }

  @Test
  void givenManyMembersWithBigStatuses_whenTheRoomHasNoRoomToShowThem_thenTheyAreRefused() {
    World world = new World();
    String big = "{'x':'" + "x".repeat(1100) + "'}";
    int in = 0;
    for (int i = 0; i < 998; i++) {
      Person person = world.person("p" + i);
      person.joins("r", big);
      in += person.hears().contains("= refused ROOM_FULL") ? 0 : 1;
    }

    assertThat(in).isBetween(100, 900);
    assertThat(world.shown("r")).isLessThan(GroupLimits.DEFAULT.view().bytes());
    Person small = world.person("small");
    small.joins("r");
    assertThat(small.hears().getFirst()).startsWith("= joined r");
  }

  @Test
  void givenARoomWithoutRoomToShowMore_whenStatusesGrow_thenThatIsRefusedAndShrinkingIsNot() {
    World world = world(LimitsBut.with("status", new ByteSize(512), "view", new ByteSize(2048)));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    String big = "{'x':'" + "x".repeat(490) + "'}";
    anna.joins("r", big);
    bert.joins("r", big);
    world.person("carl").joins("r");
    anna.hears();
    anna.setsStatus("{'y':'" + "y".repeat(490) + "'}");
    anna.setsRoomStatus("r", "k", "'" + "z".repeat(490) + "'");
    assertThat(anna.hears())
        .containsExactly("= refused STATUS_TOO_BIG", "= refused STATUS_TOO_BIG");

    anna.setsStatusIn("r", "{}");
    assertThat(anna.hears()).containsExactly("= done");
    assertThat(world.shown("r")).isLessThan(2048);
  }

  @Test
  void givenAFullNamespace_whenUsersRegister_thenTheyAreRefusedUntilThereIsRoom() {
    World world = world(LimitsBut.with("status", new ByteSize(256), "view", new ByteSize(1024)));
    String status = "{'x':'" + "x".repeat(200) + "'}";
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Person person = world.person("p" + i, status);
      person.registers("n");
      people.add(person);
    }

    assertThat(people.stream().map(each -> each.hears().getFirst()))
        .startsWith("= done", "= done").contains("= refused NAMESPACE_FULL");
    people.getFirst().unregisters("n");
    people.getLast().registers("n");
    assertThat(people.getLast().hears()).containsExactly("= done");
  }

  @Test
  void givenARoomThatGrowsInAFullNamespace_whenOthersJoinIt_thenItLeavesTheNamespace() {
    World world = world(LimitsBut.with("status", new ByteSize(256), "view", new ByteSize(1024)));
    Person anna = world.person("anna");
    Person watcher = world.person("watcher");
    anna.joins("r");
    anna.registersRoom("n", "r");
    watcher.subscribes("n");
    String status = "{'x':'" + "x".repeat(200) + "'}";
    Person filler = world.person("filler", status);
    filler.registers("n");
    watcher.hears();

    Person bert = world.person("bert");
    bert.joins("r", status);
    Person carl = world.person("carl");
    carl.joins("r", status);

    assertThat(bert.hears().getFirst()).startsWith("= joined r");
    assertThat(carl.hears().getFirst()).startsWith("= joined r");
    assertThat(watcher.hears()).contains("n: -room r");
    assertThat(world.records().find(World.room("r")).values(FieldGroup.LISTING)).isEmpty();
  }

  // ---- output of commands

  @Test
  void givenAUserInManyRooms_whenItsStatusWouldBeWrittenToTooMany_thenItIsRefused() {
    World world = world(LimitsBut.with("fanOut", ByteSize.ofKiB(640)));
    Person attacker = world.person("attacker");
    for (int room = 0; room < 10; room++) {
      for (int i = 0; i < 10; i++) {
        world.person("m" + room + "." + i).joins("r" + room);
      }
      attacker.joins("r" + room);
    }
    attacker.hears();

    attacker.setsStatus("{'x':'" + "x".repeat(16_000) + "'}");
    attacker.setsStatus("{'x':'" + "x".repeat(1_000) + "'}");

    assertThat(attacker.hears())
        .containsExactly("= refused STATUS_TOO_BIG", "= heard");
  }

  @Test
  void givenCommands_whenTheyReachMany_thenTheirPriceIsWhatOthersGet() {
    World world = new World();
    Person anna = world.person("anna");
    anna.joins("r");
    for (int i = 0; i < 100; i++) {
      world.person("p" + i).joins("r");
    }
    String status = "{'x':'" + "x".repeat(1_000) + "'}";

    SetMemberStatus set = new SetMemberStatus(World.address("anna"), "r", World.json(status));
    SendToMember said =
        new SendToMember(World.address("anna"), "r", "p1", "signaling", World.json(status));

    assertThat(GroupRules.price(set, world.run(set, anna))).isBetween(100_000L, 130_000L);
    assertThat(GroupRules.price(said, world.run(said, anna))).isZero();
  }

  @Test
  void givenAUserThatIsInvitedIntoManyFullRooms_whenItSetsItsStatus_thenItIsDoneAndNotCharged() {
    World world = world(LimitsBut.with("fanOut", ByteSize.ofKiB(640), "view",
        ByteSize.ofKiB(640), "status", ByteSize.ofKiB(16)));
    Person victim = world.person("victim");
    String big = "{'x':'" + "x".repeat(16_000) + "'}";
    for (int room = 0; room < 20; room++) {
      Person attacker = world.person("attacker" + room);
      attacker.joins("r" + room, room % 2 == 0 ? big : "{}");
      for (int i = 0; i < 40; i++) {
        world.person("m" + room + "." + i).joins("r" + room, room % 2 == 0 ? big : "{}");
      }
      attacker.invites("r" + room, "victim");
    }
    victim.hears();

    SetStatus set = new SetStatus(World.address("victim"),
        World.json("{'x':'" + "x".repeat(8_000) + "'}"));
    Evaluation.Done done = world.run(set, victim);

    assertThat(victim.hears()).containsExactly("= heard");
    assertThat(GroupRules.price(set, done)).isZero();
    assertThat(done.effects().stream().filter(Effect.Tell.class::isInstance)
        .map(Effect.Tell.class::cast)
        .mapToLong(each -> each.users().size() * each.event().size()).sum())
        .isLessThanOrEqualTo(64 << 10);
    for (int room = 0; room < 20; room++) {
      assertThat(world.shown("r" + room)).isLessThan(640 << 10);
    }
  }

  @Test
  void givenStrangers_whenTheyRegisterARoomInManyNamespaces_thenMostAreLeftToItsMembers() {
    World world = new World();
    Person anna = world.person("anna");
    Person stranger = world.person("stranger");
    anna.joins("r");
    anna.hears();
    for (int i = 0; i < 20; i++) {
      stranger.registersRoom("s" + i, "r");
    }
    for (int i = 0; i < 15; i++) {
      anna.registersRoom("n" + i, "r");
    }

    assertThat(stranger.hears()).filteredOn("= done"::equals).hasSize(5);
    assertThat(anna.hears()).containsOnly("= done").hasSize(15);
  }
}
