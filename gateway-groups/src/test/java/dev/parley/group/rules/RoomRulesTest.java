package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomRulesTest {

  private final World world = new World();
  private final Person anna = world.person("anna");
  private final Person bert = world.person("bert");
  private final Person carl = world.person("carl");

  private void forget() {
    anna.hears();
    bert.hears();
    carl.hears();
  }

  // ---- joining and leaving

  @Test
  void givenNoRoom_whenJoined_thenItIsMade() {
    anna.joins("r");

    assertThat(anna.hears()).containsExactly("= joined r [] {}");
  }

  @Test
  void givenARoomWithMembers_whenJoined_thenTheyAreToldAndTheNewOneSeesThem() {
    anna.joins("r", "{'a':1}");
    bert.joins("r", "{'b':1}");
    forget();

    carl.joins("r");

    assertThat(anna.hears()).containsExactly("r: +carl {}");
    assertThat(bert.hears()).containsExactly("r: +carl {}");
    assertThat(carl.hears()).containsExactly("= joined r [anna {a:1}, bert {b:1}] {}");
  }

  @Test
  void givenAMember_whenItJoinsAgain_thenItIsRefusedAndNobodyIsTold() {
    anna.joins("r");
    bert.joins("r");
    forget();

    bert.joins("r");

    assertThat(bert.hears()).containsExactly("= refused ALREADY_IN_ROOM");
    assertThat(anna.hears()).isEmpty();
  }

  @Test
  void givenARoomWithAStatus_whenJoined_thenTheAnswerHasIt() {
    anna.joins("r");
    anna.setsRoomStatus("r", "topic", "'tea'");

    bert.joins("r");

    assertThat(bert.hears()).containsExactly("= joined r [anna {}] {topic:tea}");
  }

  @Test
  void givenMembers_whenOneLeaves_thenTheOthersAreTold() {
    anna.joins("r");
    bert.joins("r");
    carl.joins("r");
    forget();

    bert.leaves("r");

    assertThat(bert.hears()).containsExactly("= done");
    assertThat(anna.hears()).containsExactly("r: -bert");
    assertThat(carl.hears()).containsExactly("r: -bert");
  }

  @Test
  void givenSomebodyWhoIsNotInTheRoom_whenItLeaves_thenItIsToldWhy() {
    anna.joins("r");

    bert.leaves("r");
    bert.leaves("nowhere");

    assertThat(bert.hears()).containsExactly("= refused NOT_IN_ROOM", "= refused NO_SUCH_ROOM");
  }

  @Test
  void givenNamesThatOtherLanguagesReserve_whenUsed_thenTheyAreOrdinaryNames() {
    Person odd = world.person("__proto__");
    odd.joins("constructor", "{'__proto__':{'x':1}}");
    anna.joins("constructor");
    odd.hears();
    odd.setsRoomStatus("constructor", "__proto__", "1");
    odd.setsRoomStatus("constructor", "toString", "2");
    odd.subscribes("hasOwnProperty");

    assertThat(anna.hears()).containsExactly(
        "= joined constructor [__proto__ {__proto__:{x:1}}] {}",
        "constructor: is {__proto__:1}", "constructor: is {__proto__:1,toString:2}");
    assertThat(odd.hears())
        .containsExactly("= done", "= done", "= subscribed, users [], rooms []");
  }

  // ---- empty rooms

  @Test
  void givenTheLastMember_whenItLeaves_thenTheRoomStaysWithItsStatusForItsTime() {
    anna.joins("r");
    anna.setsRoomStatus("r", "topic", "'tea'");
    anna.leaves("r");
    assertThat(world.due()).isEqualTo(Map.of("r", World.LINGER));
    forget();

    bert.leaves("r");
    bert.joins("r");

    assertThat(bert.hears())
        .containsExactly("= refused NOT_IN_ROOM", "= joined r [] {topic:tea}");
    assertThat(world.due()).isEmpty();
  }

  @Test
  void givenAnEmptyRoom_whenItsTimeIsUp_thenItIsGoneWithItsStatus() {
    anna.joins("r");
    anna.setsRoomStatus("r", "topic", "'tea'");
    anna.leaves("r");
    forget();

    world.waitForEmptyRooms();
    anna.leaves("r");
    anna.joins("r");

    assertThat(anna.hears()).containsExactly("= refused NO_SUCH_ROOM", "= joined r [] {}");
  }

  @Test
  void givenAnEmptyRoomThatIsRegistered_whenItsTimeIsUp_thenSubscribersAreTold() {
    carl.subscribes("n");
    anna.joins("r");
    anna.leaves("r");
    anna.registersRoom("n", "r");
    carl.hears();

    world.waitForEmptyRooms();

    assertThat(carl.hears()).containsExactly("n: -room r");
    carl.unsubscribes("n");
    carl.subscribes("n");
    assertThat(carl.hears()).endsWith("= subscribed, users [], rooms []");
  }

  @Test
  void givenARoomThatWasEmptyBefore_whenADeadlineOfThatTimeComesLate_thenTheRoomStays() {
    anna.joins("r");
    anna.leaves("r");
    anna.joins("r");
    anna.leaves("r");
    forget();

    world.comesTooLate("r", 1);
    anna.joins("r");

    assertThat(anna.hears()).containsExactly("= joined r [] {}");
  }

  @Test
  void givenAMember_whenADeadlineComesLate_thenTheRoomStays() {
    anna.joins("r");
    anna.leaves("r");
    bert.joins("r");
    forget();

    world.comesTooLate("r", 1);
    anna.joins("r");

    assertThat(bert.hears()).containsExactly("r: +anna {}");
  }

  // ---- the room's status

  @Test
  void givenMembers_whenOneSetsAKey_thenTheOthersGetTheWholeStatus() {
    anna.joins("r");
    bert.joins("r");
    anna.setsRoomStatus("r", "a", "1");
    forget();

    anna.setsRoomStatus("r", "b", "{'c':[1,null]}");

    assertThat(anna.hears()).containsExactly("= done");
    assertThat(bert.hears()).containsExactly("r: is {a:1,b:{c:[1,null]}}");
  }

  @Test
  void givenAKey_whenItIsSetToWhatItIs_thenTheOthersAreToldAllTheSame() {
    anna.joins("r");
    bert.joins("r");
    anna.setsRoomStatus("r", "a", "1");
    forget();

    anna.setsRoomStatus("r", "a", "1");

    assertThat(bert.hears()).containsExactly("r: is {a:1}");
  }

  @Test
  void givenAKey_whenItIsRemoved_thenItIsGoneAndNullIsAValueLikeAnother() {
    anna.joins("r");
    bert.joins("r");
    anna.setsRoomStatus("r", "a", "1");
    forget();

    anna.setsRoomStatus("r", "a", "null");
    anna.setsRoomStatus("r", "a", null);

    assertThat(bert.hears()).containsExactly("r: is {a:null}", "r: is {}");
  }

  @Test
  void givenAnExpectation_whenTheKeyIsAsExpected_thenItIsSet() {
    anna.joins("r");
    bert.joins("r");
    anna.setsRoomStatus("r", "a", "{'x':1,'y':[true,'z']}");
    forget();

    anna.setsRoomStatusIf("r", "a", "{ 'y' : [true, 'z'], 'x' : 1.0 }", "2");
    anna.setsRoomStatusIf("r", "b", null, "3");

    assertThat(anna.hears()).containsExactly("= done", "= done");
    assertThat(bert.hears()).containsExactly("r: is {a:2}", "r: is {a:2,b:3}");
  }

  @Test
  void givenAnExpectation_whenTheKeyIsOtherwise_thenNothingChangesAndNobodyIsTold() {
    anna.joins("r");
    bert.joins("r");
    anna.setsRoomStatus("r", "a", "1");
    anna.setsRoomStatus("r", "b", "null");
    forget();

    anna.setsRoomStatusIf("r", "a", "'1'", "2");
    anna.setsRoomStatusIf("r", "a", null, "2");
    anna.setsRoomStatusIf("r", "b", null, "2");
    anna.setsRoomStatusIf("r", "c", "null", "2");

    assertThat(anna.hears()).hasSize(4).containsOnly("= refused STATUS_NOT_AS_EXPECTED");
    assertThat(bert.hears()).isEmpty();
  }

  @Test
  void givenSomebodyWhoIsNotInTheRoom_whenItSetsItsStatus_thenItIsToldWhy() {
    anna.joins("r");
    forget();

    bert.setsRoomStatus("r", "a", "1");
    bert.setsRoomStatus("nowhere", "a", "1");

    assertThat(bert.hears()).containsExactly("= refused NOT_IN_ROOM", "= refused NO_SUCH_ROOM");
    assertThat(anna.hears()).isEmpty();
  }

  // ---- a member's status

  @Test
  void givenAUserWithAStatus_whenItSaysMoreInARoom_thenTheRoomSeesBothAndWhatIsSaidThereWins() {
    Person dora = world.person("dora", "{'nick':'D','mood':'fine'}");
    anna.joins("r");
    forget();

    dora.joins("r", "{'mood':'busy','cam':true}");
    dora.setsStatusIn("r", "{'cam':false}");
    dora.setsStatusIn("r", "{}");

    assertThat(anna.hears()).containsExactly(
        "r: +dora {nick:D,mood:busy,cam:true}",
        "r: dora is {nick:D,mood:fine,cam:false}",
        "r: dora is {nick:D,mood:fine}");
    assertThat(dora.hears()).endsWith("= done", "= done");
  }

  @Test
  void givenMembers_whenOneChangesItsOwnStatus_thenItsRoomsSeeItBelowWhatItSaysThere() {
    anna.joins("r");
    bert.joins("q");
    carl.joins("r", "{'nick':'C'}");
    carl.joins("q");
    forget();

    carl.setsStatus("{'nick':'Carl','mood':'fine'}");

    assertThat(carl.hears()).containsExactly("= heard");
    assertThat(anna.hears()).containsExactly("r: carl is {nick:C,mood:fine}");
    assertThat(bert.hears()).containsExactly("q: carl is {nick:Carl,mood:fine}");
  }

  @Test
  void givenAUserThatTakesPartInNothing_whenItChangesItsStatus_thenItIsToldThatNobodyHears() {
    anna.setsStatus("{'nick':'A'}");
    anna.joins("r");
    anna.setsStatus("{'nick':'A'}");
    anna.leaves("r");
    anna.setsStatus("{'nick':'A'}");

    assertThat(anna.hears()).containsExactly(
        "= unheard", "= joined r [] {}", "= heard", "= done", "= unheard");
  }

  @Test
  void givenSomebodyWhoIsNotInTheRoom_whenItSetsItsStatusThere_thenItIsToldWhy() {
    anna.joins("r");

    bert.setsStatusIn("r", "{}");
    bert.setsStatusIn("nowhere", "{}");

    assertThat(bert.hears()).containsExactly("= refused NOT_IN_ROOM", "= refused NO_SUCH_ROOM");
  }

  // ---- messages between members

  @Test
  void givenTwoMembers_whenOneSaysSomethingToTheOther_thenThatOneAloneHearsIt() {
    anna.joins("r");
    bert.joins("r");
    carl.joins("r");
    forget();

    anna.says("r", "bert", "signaling", "{'sdp':'v=0'}");

    assertThat(bert.hears()).containsExactly("r: anna says signaling {sdp:v=0}");
    assertThat(anna.hears()).containsExactly("= done");
    assertThat(carl.hears()).isEmpty();
  }

  @Test
  void givenAMember_whenItSaysSomethingToItself_thenItHearsItBeforeTheAnswer() {
    anna.joins("r");
    forget();

    anna.says("r", "anna", "message", "1");

    assertThat(anna.hears()).containsExactly("r: anna says message 1", "= done");
  }

  @Test
  void givenNobodyToHear_whenSomethingIsSaid_thenTheSenderIsToldWhy() {
    anna.joins("r");
    bert.joins("q");
    forget();

    anna.says("r", "bert", "message", "1");
    anna.says("r", "nobody", "message", "1");
    anna.says("q", "bert", "message", "1");
    anna.says("nowhere", "bert", "message", "1");

    assertThat(anna.hears()).containsExactly(
        "= refused NO_SUCH_RECIPIENT", "= refused NO_SUCH_RECIPIENT",
        "= refused NOT_IN_ROOM", "= refused NO_SUCH_ROOM");
    assertThat(bert.hears()).isEmpty();
  }
}
