package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.GroupLimits;
import org.junit.jupiter.api.Test;

/** Foreign members: peers of other dialects as members of rooms. */
class ForeignRulesTest {

  private final World world = new World();
  private final Person anna = world.person("anna");
  private final Person bert = world.person("bert");
  private final Person carl = world.person("carl");

  private void forget() {
    anna.hears();
    bert.hears();
    carl.hears();
  }

  /** Whether the room has the foreign member. */
  private boolean isThere(String room, String peer) {
    return EvaluationContext.of(World.REALM, GroupLimits.DEFAULT, world.records()).rooms()
        .foreign(room, peer) != null;
  }

  // ---- bringing in

  @Test
  void givenMembers_whenOneBringsAPeerIn_thenTheOthersAreToldAndItIsAnswered() {
    anna.joins("r");
    bert.joins("r");
    forget();

    anna.brings("r", "p");

    assertThat(anna.hears()).containsExactly("= brought 2");
    assertThat(bert.hears()).containsExactly("r: +p of peerjs 2");
  }

  @Test
  void givenForeignMembers_whenAUserJoins_thenItHearsOfThemAfterItsAnswerInTheirOrder() {
    anna.joins("r");
    anna.brings("r", "q");
    anna.brings("r", "p");
    forget();

    bert.joins("r");

    assertThat(bert.hears()).containsExactly(
        "= joined r [anna {}] {}", "r: +q of peerjs 1", "r: +p of peerjs 2");
    assertThat(anna.hears()).containsExactly("r: +bert {}");
  }

  @Test
  void givenAnInvitedUser_whenItAccepts_thenItHearsOfForeignMembersOnlyThen() {
    anna.joins("r");
    anna.brings("r", "p");
    anna.invites("r", "bert");
    anna.brings("r", "q");
    anna.removes("r", "p", 1);
    assertThat(bert.hears())
        .containsExactly("invitation 0 to r [anna {}] {} by anna, says {why:call}");

    bert.accepts(0);

    assertThat(bert.hears()).containsExactly("= done", "r: +q of peerjs 3");
  }

  @Test
  void givenAnInvitedUser_whenItDenies_thenItNeverHearsOfThem() {
    anna.joins("r");
    anna.invites("r", "bert");
    anna.brings("r", "p");
    bert.hears();

    bert.denies(0);

    assertThat(bert.hears()).containsExactly("= done");
  }

  @Test
  void givenAUserThatMayNot_whenItBringsAPeerIn_thenItIsRefused() {
    anna.brings("r", "p");
    bert.joins("r");
    anna.brings("r", "p");
    bert.invites("r", "anna");
    anna.hears();
    anna.brings("r", "p");
    forgetBut(anna);
    assertThat(anna.hears()).containsExactly("= refused ONLY_INVITED");

    bert.brings("r", "p");
    bert.brings("r", "p");
    bert.brings("r", "carl");

    assertThat(bert.hears()).containsExactly("= brought 2", "= refused ALREADY_IN_ROOM",
        "= refused NO_SUCH_RECIPIENT");
  }

  private void forgetBut(Person one) {
    for (Person each : new Person[] {anna, bert, carl}) {
      if (each != one) {
        each.hears();
      }
    }
  }

  @Test
  void givenARoomThatIsRegistered_whenPeersComeAndGo_thenSubscribersAreNotTold() {
    anna.joins("r");
    anna.registersRoom("n", "r");
    carl.subscribes("n");
    carl.hears();

    anna.brings("r", "p");
    anna.removes("r", "p", 1);
    anna.brings("r", "p");
    bert.subscribes("n");

    assertThat(carl.hears()).isEmpty();
    assertThat(bert.hears()).containsExactly("= subscribed, users [], rooms [r [anna {}] {}]");
  }

  @Test
  void givenAForeignMember_whenAUserSpeaksToIt_thenGroupsKnowNoSuchUser() {
    anna.joins("r");
    anna.brings("r", "p");
    forget();

    anna.says("r", "p", "e", "1");

    assertThat(anna.hears()).containsExactly("= refused NO_SUCH_RECIPIENT");
  }

  // ---- calls

  @Test
  void givenNoRoom_whenAUserTakesACall_thenBothAreInIt() {
    anna.takesCall("r", "p");
    bert.joins("r");

    assertThat(anna.hears()).containsExactly("= brought 0", "r: +bert {}");
    assertThat(bert.hears()).containsExactly("= joined r [anna {}] {}", "r: +p of peerjs 0");
  }

  @Test
  void givenARoomWithOthers_whenAUserTakesACallThere_thenEachHearsOfWhoIsNewToIt() {
    bert.joins("r");
    bert.brings("r", "q");
    forget();

    anna.takesCall("r", "p", "{'a':1}");

    assertThat(anna.hears()).containsExactly("= brought 2", "r: +q of peerjs 1");
    assertThat(bert.hears()).containsExactly("r: +p of peerjs 2", "r: +anna {a:1}");
  }

  @Test
  void givenAMember_whenItTakesACallInItsRoom_thenOnlyThePeerIsNew() {
    anna.joins("r");
    bert.joins("r");
    forget();

    anna.takesCall("r", "p");
    anna.takesCall("r", "p");

    assertThat(anna.hears()).containsExactly("= brought 2", "= brought 2");
    assertThat(bert.hears()).containsExactly("r: +p of peerjs 2");
  }

  @Test
  void givenAnInvitedUser_whenItTakesACallInThatRoom_thenItIsRefused() {
    anna.joins("r");
    anna.invites("r", "bert");
    bert.hears();

    bert.takesCall("r", "p");

    assertThat(bert.hears()).containsExactly("= refused ONLY_INVITED");
    assertThat(isThere("r", "p")).isFalse();
  }

  // ---- losing and removing

  @Test
  void givenAPeerThatIsGone_whenEachSaysSo_thenTheOthersAreToldOnce() {
    anna.joins("r");
    bert.joins("r");
    carl.joins("r");
    anna.brings("r", "p");
    forget();

    bert.removes("r", "p", 3);
    anna.removes("r", "p", 3);
    carl.removes("r", "p", 3);

    assertThat(anna.hears()).containsExactly("r: -p 3", "= done");
    assertThat(bert.hears()).containsExactly("= done");
    assertThat(carl.hears()).containsExactly("r: -p 3", "= done");
    assertThat(isThere("r", "p")).isFalse();
  }

  @Test
  void givenAPeerThatIsBackInTheRoom_whenItsFormerEndIsSaidLate_thenItStays() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    anna.removes("r", "p", 2);
    anna.brings("r", "p");
    forget();

    bert.removes("r", "p", 2);
    bert.loses("r", "p", 2);

    assertThat(isThere("r", "p")).isTrue();
    assertThat(anna.hears()).isEmpty();
    bert.leaves("r");
    bert.joins("r");
    assertThat(bert.hears()).contains("r: +p of peerjs 3");
  }

  @Test
  void givenAPeerThatHangsUpOnOne_whenItIsGone_thenTheOthersAloneAreTold() {
    anna.joins("r");
    bert.joins("r");
    carl.joins("r");
    anna.brings("r", "p");
    forget();

    bert.loses("r", "p", 3);
    carl.removes("r", "p", 3);

    assertThat(anna.hears()).containsExactly("r: -p 3");
    assertThat(bert.hears()).containsExactly("= done");
  }

  @Test
  void givenAPeerThatHangsUpOnAll_whenTheLastHasLostIt_thenItIsNoMember() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    anna.loses("r", "p", 2);
    assertThat(isThere("r", "p")).isTrue();

    bert.loses("r", "p", 2);

    assertThat(isThere("r", "p")).isFalse();
    forget();
    carl.joins("r");
    assertThat(carl.hears()).containsExactly("= joined r [anna {}, bert {}] {}");
  }

  @Test
  void givenAPeerThatAUserHasLost_whenTheUserBringsItInAgain_thenNoOtherUserHearsOfIt() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    anna.loses("r", "p", 2);
    forget();

    anna.brings("r", "p");

    assertThat(anna.hears()).containsExactly("= brought 2");
    assertThat(bert.hears()).isEmpty();
    bert.removes("r", "p", 2);
    assertThat(anna.hears()).containsExactly("r: -p 2");
  }

  @Test
  void givenWhoBroughtItIn_whenThatUserLeaves_thenThePeerStaysForTheOthers() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    forget();

    anna.leaves("r");

    assertThat(bert.hears()).containsExactly("r: -anna");
    assertThat(isThere("r", "p")).isTrue();
  }

  @Test
  void givenOneThatHasNotLostIt_whenThatUserVanishes_thenThePeerIsNoMember() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    bert.loses("r", "p", 2);
    forget();

    anna.departs();

    assertThat(bert.hears()).containsExactly("r: -anna");
    assertThat(isThere("r", "p")).isFalse();
  }

  @Test
  void givenAUserThatHasLostIt_whenItComesBackToTheRoom_thenThePeerIsThereForIt() {
    anna.joins("r");
    bert.joins("r");
    anna.brings("r", "p");
    bert.loses("r", "p", 2);
    bert.leaves("r");
    forget();

    bert.joins("r");

    assertThat(bert.hears()).containsExactly("= joined r [anna {}] {}", "r: +p of peerjs 2");
  }

  @Test
  void givenARoomWithForeignMembersAndAnInvitedUser_whenTheLastMemberLeaves_thenTheyGoToo() {
    anna.joins("r");
    anna.brings("r", "p");
    anna.invites("r", "bert");
    forget();

    anna.leaves("r");

    assertThat(isThere("r", "p")).isFalse();
    assertThat(bert.hears()).containsExactly("r: -anna");
    bert.accepts(0);
    assertThat(bert.hears()).containsExactly("= done");
  }

  @Test
  void givenARoomWithForeignMembersOnly_whenTheLastUserLeaves_thenItIsEmpty() {
    anna.joins("r");
    anna.brings("r", "p");

    anna.leaves("r");

    assertThat(world.due()).containsOnlyKeys("r");
    world.waitForEmptyRooms();
    anna.departs();
    bert.departs();
    carl.departs();
    assertThat(world.records().all()).isEmpty();
  }

  @Test
  void givenAUserThatIsInNoRoom_whenItSpeaksOfAPeer_thenNothingChanges() {
    anna.joins("r");
    anna.brings("r", "p");
    forget();

    bert.removes("r", "p", 1);
    bert.loses("r", "p", 1);
    bert.removes("nowhere", "p", 1);

    assertThat(bert.hears()).containsExactly("= done", "= done", "= done");
    assertThat(isThere("r", "p")).isTrue();
  }

  // ---- limits

  @Test
  void givenARoomThatIsFull_whenAForeignMemberWouldCome_thenItCountsAsTheOthersDo() {
    GroupLimits three =
        LimitsBut.with("membersPerRoom", 3);
    World small = new World(three);
    Person dora = small.person("dora");
    Person emil = small.person("emil");
    dora.joins("r");
    dora.brings("r", "p");
    dora.brings("r", "q");
    dora.brings("r", "o");
    dora.takesCall("r", "o");
    dora.takesCall("r", "p");
    emil.joins("r");
    assertThat(dora.hears()).containsExactly("= joined r [] {}", "= brought 1", "= brought 2",
        "= refused ROOM_FULL", "= refused ROOM_FULL", "= brought 1");
    assertThat(emil.hears()).containsExactly("= refused ROOM_FULL");

    dora.removes("r", "q", 2);
    emil.takesCall("r", "q");
    emil.takesCall("r", "p");

    assertThat(emil.hears()).containsExactly("= refused ROOM_FULL", "= brought 1");
  }
}
