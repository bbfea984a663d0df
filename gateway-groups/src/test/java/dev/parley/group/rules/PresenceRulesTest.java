package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresenceRulesTest {

  private final World world = new World();
  private final Person anna = world.person("anna");
  private final Person bert = world.person("bert");
  private final Person carl = world.person("carl");
  private final Person dora = world.person("dora");

  private void forget() {
    anna.hears();
    bert.hears();
    carl.hears();
    dora.hears();
  }

  // ---- arriving

  @Test
  void givenSomebodyWhoIsHere_whenItArrivesAgain_thenItIsRefused() {
    anna.arrives("{}");

    assertThat(anna.hears()).containsExactly("= refused ALREADY_HERE");
  }

  @Test
  void givenSomebodyWhoIsNotHere_whenItDoesAnything_thenItIsRefused() {
    Person nobody = new Person(world, "nobody");

    nobody.setsStatus("{}");
    nobody.joins("r");
    nobody.subscribes("n");
    nobody.registers("n");
    nobody.invites("r", "anna");
    nobody.accepts(0);

    assertThat(nobody.hears()).hasSize(6).containsOnly("= refused NOT_HERE");
    assertThat(world.records().all()).containsOnlyKeys(
        new RecordKey(World.REALM, RecordKind.REALM, ""),
        new RecordKey(World.REALM, RecordKind.USER, "anna"),
        new RecordKey(World.REALM, RecordKind.USER, "bert"),
        new RecordKey(World.REALM, RecordKind.USER, "carl"),
        new RecordKey(World.REALM, RecordKind.USER, "dora"));
  }

  @Test
  void givenSomebodyWhoWasHereBefore_whenItArrivesAgain_thenItBeginsAnew() {
    anna.invites("r", "bert");
    anna.departs();

    Person again = world.person("anna", "{'nick':'A'}");
    again.setsStatus("{}");
    again.invites("q", "bert");

    assertThat(again.hears()).containsExactly("= unheard", "= invited 0");
  }

  // ---- departing

  @Test
  void givenAMemberOfARegisteredRoom_whenItDeparts_thenMembersAndThenSubscribersAreTold() {
    anna.joins("r");
    bert.joins("r");
    bert.subscribes("n");
    carl.subscribes("n");
    anna.registersRoom("n", "r");
    forget();

    anna.departs();

    assertThat(bert.hears()).containsExactly("r: -anna", "n/r: -anna");
    assertThat(carl.hears()).containsExactly("n/r: -anna");
  }

  @Test
  void givenTheLastMemberOfARegisteredRoom_whenItDeparts_thenTheRoomGoesBeforeTheMember() {
    anna.joins("r");
    anna.registersRoom("b", "r");
    anna.registersRoom("a", "r");
    carl.subscribes("a");
    carl.subscribes("b");
    forget();

    anna.departs();

    assertThat(carl.hears())
        .containsExactly("b: -room r", "a: -room r", "b/r: -anna", "a/r: -anna");
    assertThat(world.due()).containsOnlyKeys("r");
  }

  @Test
  void givenAUserInManyPlaces_whenItDeparts_thenTheyAreToldInTheOrderInWhichItCameThere() {
    carl.subscribes("a");
    carl.subscribes("b");
    carl.joins("q");
    carl.joins("r");
    carl.registersRoom("b", "q");
    carl.registersRoom("a", "q");
    anna.registers("b");
    anna.joins("q");
    anna.registers("a");
    anna.joins("r");
    anna.unregisters("b");
    anna.registers("b");
    forget();

    anna.departs();

    assertThat(carl.hears()).containsExactly(
        "q: -anna", "b/q: -anna", "a/q: -anna", "a: -anna", "r: -anna", "b: -anna");
  }

  @Test
  void givenSomebodyWhoLeftARoom_whenItDeparts_thenNobodyIsToldAgain() {
    anna.joins("r");
    bert.joins("r");
    carl.subscribes("n");
    bert.registersRoom("n", "r");
    anna.leaves("r");
    forget();

    anna.departs();

    assertThat(bert.hears()).isEmpty();
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenAnInviter_whenItDeparts_thenItsInvitationsAreCancelledFirstAndThePendingGoLast() {
    anna.joins("r");
    dora.joins("r");
    carl.subscribes("n");
    bert.subscribes("n");
    anna.registersRoom("n", "r");
    anna.invites("r", "bert");
    forget();

    anna.departs();

    assertThat(bert.hears())
        .containsExactly("invitation 0 cancelled", "r: -anna", "n/r: -anna");
    assertThat(dora.hears()).containsExactly("r: -anna", "r: -bert");
    assertThat(carl.hears()).containsExactly("n/r: -anna");
  }

  @Test
  void givenAnInviterAloneWithTheInvited_whenItDeparts_thenTheRoomIsEmptyInTheEnd() {
    anna.joins("r");
    bert.subscribes("n");
    carl.subscribes("n");
    anna.registersRoom("n", "r");
    anna.invites("r", "bert");
    forget();

    anna.departs();

    assertThat(bert.hears()).containsExactly(
        "invitation 0 cancelled", "r: -anna", "n/r: -anna", "n: -room r");
    assertThat(carl.hears()).containsExactly("n/r: -anna", "n: -room r");
    assertThat(world.due()).containsOnlyKeys("r");
  }

  @Test
  void givenAnInviterWhoIsNoMember_whenItDeparts_thenTheMembersSeeThePendingGo() {
    anna.joins("r");
    dora.invites("r", "bert");
    forget();

    dora.departs();

    assertThat(bert.hears()).containsExactly("invitation 0 cancelled");
    assertThat(anna.hears()).containsExactly("r: -bert");
  }

  @Test
  void givenAnInvitedUser_whenItDeparts_thenThatCountsAsDenied() {
    anna.joins("r");
    dora.joins("r");
    carl.subscribes("n");
    anna.registersRoom("n", "r");
    anna.invites("r", "bert");
    forget();

    bert.departs();

    assertThat(anna.hears()).containsExactly("invitation 0 denied", "r: -bert");
    assertThat(dora.hears()).containsExactly("r: -bert");
    assertThat(carl.hears()).containsExactly("n/r: -bert");
  }

  @Test
  void givenInvitationsInAndOut_whenTheUserDeparts_thenThoseItSentAreCancelledFirst() {
    bert.invites("x", "anna");
    anna.invites("y", "bert");
    bert.invites("z", "anna");
    forget();

    anna.departs();

    assertThat(bert.hears()).containsExactly(
        "invitation 1 cancelled", "invitation 0 denied", "invitation 2 denied");
  }

  @Test
  void givenEverythingAtOnce_whenTheUserDeparts_thenEachIsToldInItsOrder() {
    anna.invites("x", "bert");
    carl.subscribes("n");
    carl.registersRoom("n", "x");
    dora.joins("y");
    carl.joins("y");
    carl.registersRoom("n", "y");
    dora.invites("y", "anna");
    anna.registers("n");
    anna.joins("z");
    carl.joins("z");
    carl.registersRoom("n", "z");
    anna.invites("z", "bert");
    anna.invites("y", "bert");
    dora.joins("x");
    carl.invites("w", "anna");
    carl.registersRoom("n", "w");
    forget();

    anna.departs();

    assertThat(bert.hears()).containsExactly(
        "invitation 0 cancelled", "invitation 1 cancelled", "invitation 2 cancelled",
        "y: -anna", "z: -anna");
    assertThat(dora.hears())
        .containsExactly("invitation 0 denied", "y: -anna", "x: -bert", "y: -bert");
    assertThat(carl.hears()).containsExactly(
        "invitation 0 denied", "y: -anna", "n/y: -anna", "n: -anna", "z: -anna", "n/z: -anna",
        "n: -room w", "n/w: -anna", "z: -bert", "y: -bert");
  }

  @Test
  void givenEverything_whenAllDepartAndTimePasses_thenNothingIsLeft() {
    givenEverythingAtOnce_whenTheUserDeparts_thenEachIsToldInItsOrder();

    bert.departs();
    carl.departs();
    dora.departs();
    world.waitForEmptyRooms();

    assertThat(world.records().all()).isEmpty();
    assertThat(world.due()).isEmpty();
  }

  @Test
  void givenASubscriberThatIsRegisteredItself_whenItDeparts_thenItIsToldNothing() {
    anna.subscribes("n");
    anna.registers("n");
    anna.joins("r");
    anna.registersRoom("n", "r");
    forget();

    anna.departs();

    assertThat(anna.hears()).isEmpty();
  }
}
