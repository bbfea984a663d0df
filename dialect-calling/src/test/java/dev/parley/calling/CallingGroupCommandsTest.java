package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.GroupAnswer;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallingGroupCommandsTest {

  private static final PeerAddress SELF = new PeerAddress("default", "anna");
  private static final GroupAnswer DONE = new GroupAnswer.Done();
  private static final GroupAnswer UNAVAILABLE = new GroupAnswer.Refused(Refusal.UNAVAILABLE);
  private static final Lose LOSE = new Lose(SELF, "r", "p", 1);
  private static final Remove REMOVE = new Remove(SELF, "r", "q", 2);

  private final CallingTestSwitchboard switchboard = new CallingTestSwitchboard();
  private final CallingTestConnection connection = new CallingTestConnection();
  private final CallingGroupCommands groups = new CallingGroupCommands(switchboard, connection);
  private final List<GroupAnswer> answers = new ArrayList<>();

  @Test
  void givenACommandUnderWay_whenOthersFollow_thenTheyWaitAndKeepTheirOrder() {
    Leave leave = new Leave(SELF, "r");
    groups.report(LOSE, () -> true);
    groups.ask(leave, answers::add);
    groups.report(REMOVE, () -> true);
    assertThat(switchboard.commands()).containsExactly(LOSE);

    switchboard.answers(DONE);
    assertThat(switchboard.commands()).containsExactly(LOSE, leave);
    switchboard.answers(new GroupAnswer.Brought(5));
    switchboard.answers(DONE);

    assertThat(answers).containsExactly(new GroupAnswer.Brought(5));
    assertThat(switchboard.commands()).containsExactly(LOSE, leave, REMOVE);
  }

  @Test
  void givenAnAnswerThatLeadsToACommand_whenNothingElseWaits_thenItIsNext() {
    groups.ask(LOSE, answer -> groups.ask(REMOVE, answers::add));

    switchboard.answers(DONE);
    assertThat(switchboard.commands()).containsExactly(LOSE, REMOVE);
    switchboard.answers(DONE);

    assertThat(answers).containsExactly(DONE);
  }

  @Test
  void givenGroupsThatCannotBeReached_whenAMemberIsGone_thenTheReportIsRetriedUntilItSucceeds() {
    groups.report(REMOVE, () -> true);
    switchboard.answers(UNAVAILABLE);
    connection.timePasses();
    switchboard.answers(UNAVAILABLE);
    connection.timePasses();
    switchboard.answers(DONE);
    connection.timePasses();

    assertThat(switchboard.commands()).containsExactly(REMOVE, REMOVE, REMOVE);
  }

  @Test
  void givenGroupsThatCannotBeReached_whenTheMemberIsBackMeanwhile_thenTheReportIsNotRetried() {
    groups.report(LOSE, () -> false);
    switchboard.answers(UNAVAILABLE);
    connection.timePasses();

    assertThat(switchboard.commands()).containsExactly(LOSE);
  }

  @Test
  void givenGroupsThatCannotBeReached_whenTheClientAsks_thenItIsAnswered() {
    groups.ask(LOSE, answers::add);
    switchboard.answers(UNAVAILABLE);
    connection.timePasses();

    assertThat(answers).containsExactly(UNAVAILABLE);
    assertThat(switchboard.commands()).containsExactly(LOSE);
  }
}
