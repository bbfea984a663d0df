package dev.parley.crossing;

import static dev.parley.crossing.CallingWords.accept;
import static dev.parley.crossing.CallingWords.added;
import static dev.parley.crossing.CallingWords.done;
import static dev.parley.crossing.CallingWords.invite;
import static dev.parley.crossing.CallingWords.join;
import static dev.parley.crossing.CallingWords.leave;
import static dev.parley.crossing.CallingWords.removed;
import static dev.parley.crossing.CallingWords.settled;

import dev.parley.crossing.HeldAnswers.Hold;
import dev.parley.group.GroupAnswer;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Stage;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The event loop of a user is held while the others are ahead: its events are late, but complete
 * and in order. Any message between sessions about members of a room would arrive here before the
 * answer that it depends on.
 */
class HeldLoopTest {

  private static final String ALONE =
      "{'type':'answer','tid':0,'data':{'room':'r','peers':{},'status':{}}}";
  private static final String WITH_C = "{'type':'answer','tid':0,'data':{'room':'r',"
      + "'peers':{'<c>':{'pending':false,'status':{}}},'status':{}}}";

  private final HeldAnswers groups = new HeldAnswers();
  @AutoClose private final GatewayFixture gateway;
  @AutoClose private final Stage stage;
  private final Actor c;
  private int callers;

  HeldLoopTest() {
    gateway = GatewayFixture.gateway()
        .eventLoops(2)
        .groups(groups::around)
        .dialect("peerjs", "/", Map.of())
        .dialect("calling")
        .start();
    stage = new Stage(gateway.httpUri(""), "held");
    c = caller("c").sends(join("r")).gets(ALONE);
  }

  private Actor caller(String name) {
    return stage.actor(name)
        .connects("/calling")
        .gets("{'type':'hello','id':'<?" + name + ">','server':'calling-signaling 1.0'}");
  }

  /** A user on another loop than that of {@code c}; its id is bound to {@code <name>}. */
  private String elsewhere() {
    String loop = groups.loop(stage.resolve("<c>"));
    String name;
    do {
      name = "d" + callers++;
      caller(name);
    } while (groups.loop(stage.resolve("<" + name + ">")).equals(loop));
    return name;
  }

  private Actor peerJs(String name) {
    return stage.actor(name)
        .connects("/peerjs?key=peerjs&token=" + name + "&id=<" + name + ">")
        .gets("{'type':'OPEN'}");
  }

  private void invites(String peer) {
    c.sends(invite(1, "r", "<" + peer + ">")).gets(5);
  }

  private static String comes(String user) {
    return "{'type':'room_peer_add','room':'r','user':'<" + user
        + ">','pending':false,'status':{}}";
  }

  @Test
  void givenALoopThatIsHeld_whenItsUserHasJoined_thenItHearsOfAllWhoAreThere() {
    peerJs("p");
    peerJs("q");
    invites("p");
    invites("q");
    String name = elsewhere();
    Actor d = stage.actor(name);

    try (Hold hold = groups.hold(GroupAnswer.Joined.class)) {
      d.sends(join("r"));
      // The others have received its event, and have sent all of their messages to it.
      c.gets(comes(name));
      hold.isHeld();
    }

    d.gets(WITH_C, added("r", "<p>", "peerjs", false), added("r", "<q>", "peerjs", false))
        .getsNothingMore();
    c.getsNothingMore();
  }

  @Test
  void givenALoopThatIsHeld_whenAGuestLeavesMeanwhile_thenItsUserHearsOfBothOnce() {
    Actor p = peerJs("p");
    peerJs("q");
    invites("p");
    invites("q");
    String name = elsewhere();
    Actor d = stage.actor(name);

    try (Hold hold = groups.hold(GroupAnswer.Joined.class)) {
      d.sends(join("r"));
      c.gets(comes(name));
      hold.isHeld();
      p.vanishes();
    }

    d.gets(WITH_C, added("r", "<p>", "peerjs", false), added("r", "<q>", "peerjs", false),
        removed("r", "<p>")).getsNothingMore();
    c.gets(removed("r", "<p>")).getsNothingMore();
    caller("e").sends(join("r")).gets(1).gets(added("r", "<q>", "peerjs", false))
        .getsNothingMore();
  }

  @Test
  void givenALoopThatIsHeld_whenAnInvitedUserHasAccepted_thenItHearsOfAllWhoAreThere() {
    peerJs("p");
    String name = elsewhere();
    Actor d = stage.actor(name);
    c.sends(invite(1, "r", "<" + name + ">")).gets(2);
    d.gets(1);
    invites("p");

    try (Hold hold = groups.hold(GroupAnswer.Done.class)) {
      d.sends(accept(1, "0"));
      hold.isHeld();
      c.gets("{'type':'invite_response','handle':0,'accepted':true}");
    }

    d.gets(done(1), added("r", "<p>", "peerjs", false)).getsNothingMore();
    c.gets(settled("r", "<" + name + ">")).gets(1).getsNothingMore();
  }

  @Test
  void givenALoopThatIsHeld_whenTheOnlyOtherUserHasLeft_thenTheGuestsStayForTheOneWhoCame() {
    peerJs("p");
    invites("p");
    String name = elsewhere();
    Actor d = stage.actor(name);

    try (Hold hold = groups.hold(GroupAnswer.Joined.class)) {
      d.sends(join("r"));
      c.gets(comes(name)).sends(leave(2, "r"));
      hold.isHeld();
    }

    c.gets(done(2)).getsNothingMore();
    d.gets(WITH_C, added("r", "<p>", "peerjs", false), removed("r", "<c>")).getsNothingMore();
  }
}
