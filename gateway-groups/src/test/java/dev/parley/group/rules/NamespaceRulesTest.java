package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceRulesTest {

  private final World world = new World();
  private final Person anna = world.person("anna");
  private final Person bert = world.person("bert", "{'nick':'B'}");
  private final Person carl = world.person("carl");

  private void forget() {
    anna.hears();
    bert.hears();
    carl.hears();
  }

  // ---- users

  @Test
  void givenSubscribers_whenAUserIsRegistered_thenTheyAreTold() {
    carl.subscribes("n");
    forget();

    bert.registers("n");

    assertThat(carl.hears()).containsExactly("n: +bert {nick:B}");
    assertThat(bert.hears()).containsExactly("= done");
  }

  @Test
  void givenASubscriber_whenItRegistersItself_thenItIsToldLikeOthersBeforeTheAnswer() {
    anna.subscribes("n");
    forget();

    anna.registers("n");
    anna.setsStatus("{'x':1}");
    anna.unregisters("n");

    assertThat(anna.hears()).containsExactly(
        "n: +anna {}", "= done", "n: anna is {x:1}", "= heard", "n: -anna", "= done");
  }

  @Test
  void givenRegisteredUsers_whenSomebodySubscribes_thenTheAnswerHasThemWithTheirStatus() {
    bert.registers("n");
    bert.setsStatus("{'nick':'Bert'}");

    carl.subscribes("n");

    assertThat(carl.hears())
        .containsExactly("= subscribed, users [bert {nick:Bert}], rooms []");
  }

  @Test
  void givenARegisteredUser_whenItIsUnregistered_thenItsStatusIsShownNoLonger() {
    carl.subscribes("n");
    bert.registers("n");
    bert.unregisters("n");
    forget();

    bert.setsStatus("{'nick':'Bert'}");

    assertThat(bert.hears()).containsExactly("= unheard");
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenWhatWasDoneAlready_whenItIsDoneAgain_thenItIsRefused() {
    anna.subscribes("n");
    anna.registers("n");
    anna.joins("r");
    anna.registersRoom("n", "r");
    forget();

    anna.subscribes("n");
    anna.registers("n");
    bert.registersRoom("n", "r");

    assertThat(anna.hears())
        .containsExactly("= refused ALREADY_SUBSCRIBED", "= refused USER_ALREADY_REGISTERED");
    assertThat(bert.hears()).containsExactly("= refused ROOM_ALREADY_REGISTERED");
  }

  @Test
  void givenANamespaceThatOthersUse_whenSomethingIsUndoneThatWasNotDone_thenItIsRefused() {
    carl.subscribes("n");
    anna.joins("r");
    forget();

    anna.unsubscribes("n");
    anna.unregisters("n");
    anna.unregistersRoom("n", "r");
    anna.unregistersRoom("n", "nowhere");

    assertThat(anna.hears()).containsExactly(
        "= refused NOT_SUBSCRIBED", "= refused USER_NOT_REGISTERED",
        "= refused ROOM_NOT_REGISTERED", "= refused NO_SUCH_ROOM");
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenANamespaceThatNobodyUses_whenSomethingIsUndone_thenThereIsNoSuchNamespace() {
    carl.subscribes("n");
    carl.unsubscribes("n");
    bert.registers("n");
    bert.unregisters("n");
    anna.joins("r");
    anna.registersRoom("n", "r");
    anna.unregistersRoom("n", "r");
    forget();

    anna.unsubscribes("n");
    anna.unregisters("n");
    anna.unregistersRoom("n", "r");
    anna.unregistersRoom("n", "nowhere");

    assertThat(anna.hears()).hasSize(4).containsOnly("= refused NO_SUCH_NAMESPACE");
  }

  @Test
  void givenARoomThatIsNotThere_whenItIsRegistered_thenItIsRefusedAndNoNamespaceIsMade() {
    anna.registersRoom("n", "nowhere");
    anna.unregisters("n");

    assertThat(anna.hears())
        .containsExactly("= refused NO_SUCH_ROOM", "= refused NO_SUCH_NAMESPACE");
  }

  // ---- rooms

  @Test
  void givenSubscribers_whenARoomIsRegistered_thenTheySeeItWithItsMembers() {
    carl.subscribes("n");
    anna.joins("r");
    anna.setsRoomStatus("r", "topic", "'tea'");
    anna.invites("r", "bert");
    forget();

    anna.registersRoom("n", "r");

    assertThat(carl.hears())
        .containsExactly("n: +room r [anna {}, bert? {nick:B}] {topic:tea}");
    assertThat(anna.hears()).containsExactly("= done");
  }

  @Test
  void givenRegisteredRooms_whenSomebodySubscribes_thenTheAnswerHasThem() {
    anna.joins("r");
    bert.joins("q");
    anna.registersRoom("n", "r");
    anna.registersRoom("n", "q");

    carl.subscribes("n");

    assertThat(carl.hears()).containsExactly(
        "= subscribed, users [], rooms [r [anna {}] {}, q [bert {nick:B}] {}]");
  }

  @Test
  void givenARegisteredRoom_whenSomebodyJoins_thenMembersHearItBeforeSubscribers() {
    anna.subscribes("n");
    anna.joins("r");
    bert.subscribes("n");
    anna.registersRoom("n", "r");
    forget();

    bert.joins("r");

    assertThat(anna.hears()).containsExactly("r: +bert {nick:B}", "n/r: +bert {nick:B}");
    assertThat(bert.hears()).containsExactly("n/r: +bert {nick:B}", "= joined r [anna {}] {}");
  }

  @Test
  void givenARoomInSeveralNamespaces_whenSomethingHappens_thenItIsToldInTheOrderOfRegistration() {
    carl.subscribes("a");
    carl.subscribes("b");
    anna.joins("r");
    anna.registersRoom("b", "r");
    anna.registersRoom("a", "r");
    forget();

    bert.joins("r");

    assertThat(carl.hears()).containsExactly("b/r: +bert {nick:B}", "a/r: +bert {nick:B}");
  }

  @Test
  void givenARegisteredRoom_whenAMembersStatusChanges_thenSubscribersAreToldAfterMembers() {
    anna.joins("r");
    anna.subscribes("n");
    bert.joins("r");
    bert.subscribes("n");
    anna.registersRoom("n", "r");
    forget();

    bert.setsStatusIn("r", "{'x':1}");
    bert.setsStatus("{}");

    assertThat(anna.hears()).containsExactly(
        "r: bert is {nick:B,x:1}", "n/r: bert is {nick:B,x:1}",
        "r: bert is {x:1}", "n/r: bert is {x:1}");
    assertThat(bert.hears()).containsExactly(
        "n/r: bert is {nick:B,x:1}", "= done", "n/r: bert is {x:1}", "= heard");
  }

  @Test
  void givenAUserInManyPlaces_whenItsStatusChanges_thenTheyAreToldInTheOrderInWhichItCameThere() {
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
    anna.leaves("q");
    anna.joins("q");
    forget();

    anna.setsStatus("{'x':1}");

    assertThat(carl.hears()).containsExactly(
        "b: anna is {x:1}", "a: anna is {x:1}", "r: anna is {x:1}",
        "q: anna is {x:1}", "b/q: anna is {x:1}", "a/q: anna is {x:1}");
  }

  @Test
  void givenARegisteredRoom_whenItsStatusChanges_thenSubscribersAreNotTold() {
    carl.subscribes("n");
    anna.joins("r");
    anna.registersRoom("n", "r");
    forget();

    anna.setsRoomStatus("r", "topic", "'tea'");

    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenARegisteredRoom_whenAMemberLeaves_thenSubscribersAreNotTold() {
    carl.subscribes("n");
    anna.joins("r");
    bert.joins("r");
    anna.registersRoom("n", "r");
    forget();

    bert.leaves("r");

    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenARegisteredRoom_whenItsLastMemberLeaves_thenItIsRegisteredNoLonger() {
    anna.subscribes("a");
    anna.subscribes("b");
    anna.joins("r");
    anna.registersRoom("b", "r");
    anna.registersRoom("a", "r");
    forget();

    anna.leaves("r");
    anna.joins("r");
    anna.registersRoom("a", "r");

    assertThat(anna.hears()).containsExactly(
        "b: -room r", "a: -room r", "= done", "= joined r [] {}",
        "a: +room r [anna {}] {}", "= done");
  }

  @Test
  void givenARegisteredRoom_whenAnybodyUnregistersIt_thenSubscribersAreToldThatAndNoMore() {
    carl.subscribes("n");
    anna.joins("r");
    anna.registersRoom("n", "r");
    forget();

    bert.unregistersRoom("n", "r");
    bert.joins("r");

    assertThat(carl.hears()).containsExactly("n: -room r");
    assertThat(bert.hears()).containsExactly("= done", "= joined r [anna {}] {}");
  }

  @Test
  void givenAnEmptyRoom_whenItIsRegistered_thenItIsThereUntilItIsEmptyAgain() {
    carl.subscribes("n");
    anna.joins("r");
    anna.leaves("r");
    forget();

    anna.registersRoom("n", "r");
    anna.joins("r");
    anna.leaves("r");

    assertThat(carl.hears())
        .containsExactly("n: +room r [] {}", "n/r: +anna {}", "n: -room r");
  }

  @Test
  void givenSomebodyWhoUnsubscribed_whenSomethingHappens_thenItIsNotTold() {
    carl.subscribes("n");
    carl.unsubscribes("n");
    forget();

    anna.registers("n");

    assertThat(carl.hears()).isEmpty();
  }
}
