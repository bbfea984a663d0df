package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvitationRulesTest {

  private final World world = new World();
  private final Person anna = world.person("anna");
  private final Person bert = world.person("bert", "{'nick':'B'}");
  private final Person carl = world.person("carl");
  private final Person dora = world.person("dora");

  private void forget() {
    anna.hears();
    bert.hears();
    carl.hears();
    dora.hears();
  }

  /**
   * Anna and Dora are in the room r, which is registered in n; Anna, Bert, and Carl are subscribed.
   */
  private void annaAndDoraAreInARegisteredRoom() {
    anna.joins("r");
    dora.joins("r");
    anna.registersRoom("n", "r");
    anna.subscribes("n");
    bert.subscribes("n");
    carl.subscribes("n");
    forget();
  }

  // ---- inviting

  @Test
  void givenMembersAndSubscribers_whenOneInvites_thenTheInvitedIsAPendingMemberAtOnce() {
    annaAndDoraAreInARegisteredRoom();

    anna.invites("r", "bert");

    assertThat(anna.hears())
        .containsExactly("r: +bert? {nick:B}", "n/r: +bert? {nick:B}", "= invited 0");
    assertThat(dora.hears()).containsExactly("r: +bert? {nick:B}");
    assertThat(carl.hears()).containsExactly("n/r: +bert? {nick:B}");
    assertThat(bert.hears()).containsExactly("n/r: +bert? {nick:B}",
        "invitation 0 to r [anna {}, dora {}] {} by anna, says {why:call}");
  }

  @Test
  void givenNoRoom_whenSomebodyIsInvitedToIt_thenItIsMadeAndTheInviterIsNotInIt() {
    anna.invites("new", "bert");
    anna.leaves("new");

    assertThat(anna.hears()).containsExactly("= invited 0", "= refused NOT_IN_ROOM");
    assertThat(bert.hears())
        .containsExactly("invitation 0 to new [] {} by anna, says {why:call}");
  }

  @Test
  void givenARoomWithAStatus_whenSomebodyIsInvited_thenTheInvitationHasIt() {
    anna.joins("r");
    anna.setsRoomStatus("r", "topic", "'tea'");
    anna.invites("r", "bert");

    carl.invites("r", "dora");

    assertThat(dora.hears()).containsExactly(
        "invitation 0 to r [anna {}, bert? {nick:B}] {topic:tea} by carl, says {why:call}");
  }

  @Test
  void givenInvitationsInAndOut_whenTheyAreNumbered_thenEachUserCountsItsOwnTogether() {
    anna.invites("a", "bert");
    bert.invites("b", "anna");
    bert.invites("c", "dora");
    anna.invites("d", "dora");

    assertThat(anna.hears()).containsExactly(
        "= invited 0", "invitation 1 to b [] {} by bert, says {why:call}", "= invited 2");
    assertThat(bert.hears()).containsExactly(
        "invitation 0 to a [] {} by anna, says {why:call}", "= invited 1", "= invited 2");
    assertThat(dora.hears()).containsExactly(
        "invitation 0 to c [] {} by bert, says {why:call}",
        "invitation 1 to d [] {} by anna, says {why:call}");
  }

  @Test
  void givenNobodyToInvite_whenInvited_thenTheInviterIsToldWhyAndNoGhostIsLeft() {
    anna.joins("r");
    anna.invites("r", "bert");
    carl.joins("r");
    forget();

    anna.invites("r", "nobody");
    anna.invites("r", "anna");
    anna.invites("r", "carl");
    dora.invites("r", "bert");
    dora.invites("new", "nobody");
    dora.leaves("new");

    assertThat(anna.hears()).containsExactly(
        "= refused NO_SUCH_RECIPIENT", "= refused ALREADY_IN_ROOM", "= refused ALREADY_IN_ROOM");
    assertThat(dora.hears()).containsExactly("= refused ALREADY_IN_ROOM",
        "= refused NO_SUCH_RECIPIENT", "= refused NO_SUCH_ROOM");
    dora.departs();
    bert.accepts(0);
    assertThat(bert.hears()).containsExactly("= done");
    assertThat(anna.hears()).first().isEqualTo("invitation 0 accepted");
  }

  // ---- while pending

  @Test
  void givenAPendingMember_whenTheRoomBroadcasts_thenItHearsEverything() {
    anna.joins("r");
    dora.joins("r");
    anna.invites("r", "bert");
    forget();

    anna.setsRoomStatus("r", "topic", "'tea'");
    dora.setsStatus("{'x':1}");
    dora.leaves("r");
    carl.joins("r");

    assertThat(bert.hears()).containsExactly(
        "r: is {topic:tea}", "r: dora is {x:1}", "r: -dora", "r: +carl {}");
    assertThat(carl.hears())
        .containsExactly("= joined r [anna {}, bert? {nick:B}] {topic:tea}");
  }

  @Test
  void givenAPendingMember_whenItDoesAnythingInTheRoom_thenItIsOnlyInvited() {
    anna.joins("r");
    anna.invites("r", "bert");
    forget();

    bert.leaves("r");
    bert.setsRoomStatus("r", "a", "1");
    bert.setsStatusIn("r", "{}");
    bert.says("r", "anna", "message", "1");
    bert.joins("r");

    assertThat(bert.hears()).containsExactly(
        "= refused ONLY_INVITED", "= refused ONLY_INVITED", "= refused ONLY_INVITED",
        "= refused ONLY_INVITED", "= refused ALREADY_IN_ROOM");
    assertThat(anna.hears()).isEmpty();
  }

  @Test
  void givenAPendingMember_whenSomebodySaysSomethingToIt_thenItIsPending() {
    anna.joins("r");
    anna.invites("r", "bert");
    forget();

    anna.says("r", "bert", "message", "1");

    assertThat(anna.hears()).containsExactly("= refused RECIPIENT_PENDING");
    assertThat(bert.hears()).isEmpty();
  }

  @Test
  void givenAPendingMember_whenItsStatusChanges_thenTheRoomSeesIt() {
    annaAndDoraAreInARegisteredRoom();
    anna.invites("r", "bert");
    forget();

    bert.setsStatus("{'nick':'Bert'}");

    assertThat(dora.hears()).containsExactly("r: bert is {nick:Bert}");
    assertThat(carl.hears()).containsExactly("n/r: bert is {nick:Bert}");
    assertThat(bert.hears()).containsExactly("n/r: bert is {nick:Bert}", "= heard");
  }

  @Test
  void givenAPendingMember_whenTheInviterLeavesTheRoom_thenTheInvitationStands() {
    anna.joins("r");
    anna.invites("r", "bert");
    forget();

    anna.leaves("r");
    bert.accepts(0);
    bert.setsRoomStatus("r", "a", "1");

    assertThat(anna.hears()).containsExactly("= done", "invitation 0 accepted");
    assertThat(bert.hears()).containsExactly("r: -anna", "= done", "= done");
  }

  // ---- accepting

  @Test
  void givenAnInvitation_whenAccepted_thenSubscribersHearItInAnotherOrderThanMembers() {
    annaAndDoraAreInARegisteredRoom();
    anna.invites("r", "bert");
    forget();

    bert.accepts(0, "{'cam':true}");

    assertThat(anna.hears()).containsExactly(
        "invitation 0 accepted", "r: bert accepts", "r: bert is {nick:B,cam:true}",
        "n/r: bert is {nick:B,cam:true}", "n/r: bert accepts");
    assertThat(dora.hears())
        .containsExactly("r: bert accepts", "r: bert is {nick:B,cam:true}");
    assertThat(carl.hears())
        .containsExactly("n/r: bert is {nick:B,cam:true}", "n/r: bert accepts");
    assertThat(bert.hears()).containsExactly(
        "= done", "n/r: bert is {nick:B,cam:true}", "n/r: bert accepts");
  }

  @Test
  void givenARoomInTwoNamespaces_whenAnInvitationIsAccepted_thenTheStatusComesFirstInBoth() {
    anna.joins("r");
    anna.registersRoom("b", "r");
    anna.registersRoom("a", "r");
    carl.subscribes("a");
    carl.subscribes("b");
    anna.invites("r", "bert");
    forget();

    bert.accepts(0);

    assertThat(carl.hears()).containsExactly(
        "b/r: bert is {nick:B}", "a/r: bert is {nick:B}", "b/r: bert accepts", "a/r: bert accepts");
  }

  @Test
  void givenAnAcceptedInvitation_whenItIsDealtWithAgain_thenThereIsNoneSuch() {
    anna.joins("r");
    anna.invites("r", "bert");
    bert.accepts(0);
    forget();

    bert.accepts(0);
    bert.denies(0);
    anna.cancels(0);
    anna.cancels(7);

    assertThat(bert.hears()).hasSize(2).containsOnly("= refused NO_SUCH_INVITATION");
    assertThat(anna.hears()).hasSize(2).containsOnly("= refused NO_SUCH_INVITATION");
  }

  @Test
  void givenAnInvitation_whenTheWrongSideDealsWithIt_thenThereIsNoneSuch() {
    anna.invites("r", "bert");
    forget();

    anna.accepts(0);
    anna.denies(0);
    bert.cancels(0);

    assertThat(anna.hears()).hasSize(2).containsOnly("= refused NO_SUCH_INVITATION");
    assertThat(bert.hears()).hasSize(1).containsOnly("= refused NO_SUCH_INVITATION");
  }

  // ---- denying and cancelling

  @Test
  void givenAnInvitation_whenDenied_thenTheAnswerComesBeforeTheMembersHearOfIt() {
    annaAndDoraAreInARegisteredRoom();
    anna.invites("r", "bert");
    forget();

    bert.denies(0);

    assertThat(anna.hears()).containsExactly("invitation 0 denied", "r: -bert");
    assertThat(dora.hears()).containsExactly("r: -bert");
    assertThat(bert.hears()).containsExactly("= done");
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenAnInvitation_whenCancelled_thenTheInviterHearsOfItAsAMemberAfterItsAnswer() {
    annaAndDoraAreInARegisteredRoom();
    anna.invites("r", "bert");
    forget();

    anna.cancels(0);

    assertThat(anna.hears()).containsExactly("= done", "r: -bert");
    assertThat(dora.hears()).containsExactly("r: -bert");
    assertThat(bert.hears()).containsExactly("invitation 0 cancelled");
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenAnInvitationThatCameToNothing_whenSomebodyIsInvitedAgain_thenItIsANewOne() {
    anna.joins("r");
    anna.invites("r", "bert");
    bert.denies(0);
    forget();

    anna.invites("r", "bert");
    bert.accepts(1);

    assertThat(anna.hears()).containsExactly("r: +bert? {nick:B}", "= invited 1",
        "invitation 1 accepted", "r: bert accepts", "r: bert is {nick:B}");
  }

  @Test
  void givenNobodyElseInTheRoom_whenTheInvitationIsDenied_thenTheRoomIsEmptyAndAnnouncedNoMore() {
    anna.invites("r", "bert");
    anna.registersRoom("n", "r");
    carl.subscribes("n");
    bert.subscribes("n");
    forget();

    bert.denies(0);

    assertThat(bert.hears()).containsExactly("= done", "n: -room r");
    assertThat(carl.hears()).containsExactly("n: -room r");
    assertThat(world.due()).isEqualTo(Map.of("r", World.LINGER));
  }

  @Test
  void givenNobodyElseInTheRoom_whenTheInvitationIsCancelled_thenTheRoomIsEmpty() {
    anna.invites("r", "bert");
    anna.registersRoom("n", "r");
    anna.subscribes("n");
    bert.subscribes("n");
    forget();

    anna.cancels(0);

    assertThat(anna.hears()).containsExactly("= done", "n: -room r");
    assertThat(bert.hears()).containsExactly("invitation 0 cancelled", "n: -room r");
  }

  @Test
  void givenAPendingMemberOnly_whenTheLastOtherOneLeft_thenTheRoomIsNotEmpty() {
    anna.joins("r");
    anna.registersRoom("n", "r");
    carl.subscribes("n");
    anna.invites("r", "bert");
    forget();

    anna.leaves("r");

    assertThat(carl.hears()).isEmpty();
    assertThat(bert.hears()).containsExactly("r: -anna");
    assertThat(world.due()).isEmpty();
  }

  // ---- inviting oneself

  @Test
  void givenSomebodyWhoInvitesItself_whenItAccepts_thenBothSidesAreItsOwn() {
    anna.subscribes("n");
    anna.invites("r", "anna");
    anna.registersRoom("n", "r");
    anna.accepts(1, "{'x':1}");

    assertThat(anna.hears()).containsExactly(
        "= subscribed, users [], rooms []",
        "invitation 1 to r [] {} by anna, says {why:call}", "= invited 0",
        "n: +room r [anna? {}] {}", "= done",
        "invitation 0 accepted", "= done", "n/r: anna is {x:1}", "n/r: anna accepts");
  }

  @Test
  void givenSomebodyWhoInvitesItself_whenItDeniesOrCancels_thenTheRoomIsEmpty() {
    anna.invites("r", "anna");
    anna.denies(1);
    anna.invites("q", "anna");
    anna.cancels(2);
    anna.invites("p", "anna");
    forget();

    assertThat(world.due()).containsOnlyKeys("r", "q");
    anna.departs();
    assertThat(world.due()).containsOnlyKeys("r", "q", "p");
  }
}
