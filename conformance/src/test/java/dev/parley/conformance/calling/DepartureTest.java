package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that end in any state of their callers. */
@SideBySide
class DepartureTest {

  private static final String INVITE_BERT = "'room':'<r>','user':'<bert>','data':{}";
  private static final String N = "'namespace':'<n>'";
  private static final String N_R = "'namespace':'<n>','room':'<r>'";

  private final Differential<ServerOptions> servers;

  DepartureTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  static Stream<Named<Consumer<Caller>>> ends() {
    return Stream.of(Named.of("closed", Caller::leaves), Named.of("broken off", Caller::vanishes));
  }

  private static String gone(String room, String user) {
    return "{'type':'room_peer_rm','room':'<" + room + ">','user':'<" + user + ">'}";
  }

  private static String noUser(String namespace, String user) {
    return "{'type':'ns_user_rm','namespace':'<" + namespace + ">','user':'<" + user + ">'}";
  }

  private static String noRoom(String room) {
    return "{'type':'ns_room_rm','namespace':'<n>','room':'<" + room + ">'}";
  }

  private static String noPeer(String room, String user) {
    return "{'type':'ns_room_peer_rm','namespace':'<n>','room':'<" + room + ">','user':'<" + user
        + ">'}";
  }

  private static String cancelled(int handle) {
    return "{'type':'invite_cancelled','handle':" + handle + "}";
  }

  private static String denied(int handle) {
    return "{'type':'invite_response','handle':" + handle + ",'accepted':false}";
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theOthersInItsRoomsAreTold(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>").joins("<s>");
      Caller bert = Caller.on(stage, "bert").joins("<s>").joins("<r>").joins("<t>");
      Caller cora = Caller.on(stage, "cora").joins("<t>");
      stage.passes();
      end.accept(bert);
      anna.gets(gone("s", "bert"), gone("r", "bert"));
      cora.gets(gone("t", "bert"));
      anna.asks("room_peer_to", "'room':'<r>','user':'<bert>','event':'e','data':{}")
          .isRefused("Unknown recipient")
          .asks("invite_send", "'room':'<r>','user':'<bert>','data':{}")
          .isRefused("Unknown recipient").getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aRegisteredUserIsRemoved(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N);
      stage.passes();
      end.accept(bert);
      anna.gets(noUser("n", "bert")).getsNothingMore();
      anna.asks("ns_unsubscribe", N).isAnswered()
          .asks("ns_unsubscribe", N).isRefused("Namespace does not exist");
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void subscribersAreToldOfAMemberThatIsGone(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N).joins("<r>")
          .does("ns_room_register", N_R);
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", N);
      stage.passes();
      end.accept(bert);
      anna.gets(gone("r", "bert"), noPeer("r", "bert")).getsNothingMore();
      cora.gets(noPeer("r", "bert")).getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theLastMembersRoomIsRemovedAndThenItsMemberAllTheSame(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("ns_room_register", N_R)
          .does("room_status", "'room':'<r>','key':'k','value':1");
      stage.passes();
      end.accept(bert);
      anna.gets(noRoom("r"), noPeer("r", "bert")).getsNothingMore();
      anna.asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{'k':1}}").getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whoHasInvitedCancels(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      anna.does("invite_send", INVITE_BERT);
      end.accept(anna);
      bert.gets(cancelled(0), gone("r", "anna")).getsNothingMore();
      cora.gets(gone("r", "anna"), gone("r", "bert")).getsNothingMore();
      bert.asks("invite_accept", "'handle':0,'status':{}")
          .isRefused("Invalid invitation handle")
          .asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whoIsInvitedDenies(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>").does("ns_subscribe", N)
          .does("ns_room_register", N_R);
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      anna.does("invite_send", INVITE_BERT);
      end.accept(bert);
      anna.gets(denied(0), gone("r", "bert"), noPeer("r", "bert")).getsNothingMore();
      cora.gets(gone("r", "bert")).getsNothingMore();
      anna.asks("invite_cancel", "'handle':0").isRefused("Invalid invitation handle");
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void anInviterThatNeverCameInLeavesAnEmptyRoom(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", N);
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      cora.does("ns_room_register", N_R);
      end.accept(anna);
      bert.gets(cancelled(0)).getsNothingMore();
      cora.gets(noRoom("r")).getsNothingMore();
      bert.asks("room_join", "'room':'<r>'").isAnswered("{'room':'<r>','peers':{},'status':{}}");
    });
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theOnlyOneInvitedLeavesAnEmptyRoom(Consumer<Caller> end) {
    servers.same(stage -> {
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", N);
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      cora.does("ns_room_register", N_R);
      end.accept(bert);
      anna.gets(denied(0)).getsNothingMore();
      cora.gets(noRoom("r"), noPeer("r", "bert")).getsNothingMore();
    });
  }

  @Test
  void everythingThatACallerLeavesBehindIsToldInOneOrder() {
    servers.same(stage -> {
      Caller watch = Caller.on(stage, "watch").does("ns_subscribe", N)
          .does("ns_subscribe", "'namespace':'<m>'").joins("<r>").joins("<s>")
          .does("ns_room_register", N_R)
          .does("ns_room_register", "'namespace':'<m>','room':'<s>'");
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      bert.does("ns_user_register", "'namespace':'<m>'").joins("<s>").does("ns_user_register", N)
          .joins("<r>");
      watch.does("invite_send", "'room':'<t>','user':'<bert>','data':{}")
          .does("invite_send", "'room':'<u>','user':'<bert>','data':{}");
      bert.does("invite_send", "'room':'<r>','user':'<anna>','data':{}")
          .does("invite_send", "'room':'<s>','user':'<cora>','data':{}")
          .does("invite_send", "'room':'<v>','user':'<watch>','data':{}");
      bert.does("room_leave", "'room':'<s>'").joins("<s>");
      bert.vanishes();
      watch.gets(cancelled(2), denied(0), denied(1), noUser("m", "bert"), noUser("n", "bert"),
          gone("r", "bert"), noPeer("r", "bert"), gone("s", "bert"),
          "{'type':'ns_room_peer_rm','namespace':'<m>','room':'<s>','user':'<bert>'}",
          gone("r", "anna"), gone("s", "cora")).getsNothingMore();
      anna.gets(cancelled(0), gone("r", "bert")).getsNothingMore();
      cora.gets(cancelled(0), gone("s", "bert")).getsNothingMore();
    });
  }

  @Test
  void aSubscriberMayGoAndTheOthersAreToldAsBefore() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N)
          .does("ns_user_register", N);
      Caller bert = Caller.on(stage, "bert").does("ns_subscribe", N);
      anna.vanishes();
      bert.gets(noUser("n", "anna"));
      bert.asks("ns_user_register", N)
          .gets("{'type':'ns_user_add','namespace':'<n>','user':'<bert>','status':{}}")
          .isAnswered().getsNothingMore();
    });
  }

  @Test
  void aRequestThatWasSentBeforeTheEndIsStillDealtWith() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      bert.asks("room_join", "'room':'<r>','status':{'b':1}")
          .asks("room_status", "'room':'<r>','key':'k','value':1")
          .asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}");
      bert.leaves();
      anna.gets("{'type':'room_peer_add','room':'<r>','user':'<bert>','pending':false,"
          + "'status':{'b':1}}", "{'type':'room_update','room':'<r>','status':{'k':1}}",
          "{'type':'room_peer_from','room':'<r>','user':'<bert>','event':'e','data':{}}",
          gone("r", "bert")).getsNothingMore();
    });
  }

  @Test
  void everybodyMayGoAtOnce() {
    servers.same(stage -> {
      Caller watch = Caller.on(stage, "watch").does("ns_subscribe", N);
      Caller anna = Caller.on(stage, "anna").joins("<r>").does("ns_room_register", N_R);
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora");
      bert.does("invite_send", "'room':'<r>','user':'<cora>','data':{}");
      anna.vanishes();
      watch.gets(noPeer("r", "anna"));
      bert.gets(gone("r", "anna")).vanishes();
      watch.gets(noPeer("r", "bert"), noRoom("r")).getsNothingMore();
      cora.gets(gone("r", "anna"), cancelled(0), gone("r", "bert")).getsNothingMore();
    });
  }

  @Test
  void whoComesBackIsSomebodyElse() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller.on(stage, "bert").does("status", "'status':{'b':1}").joins("<r>").vanishes();
      anna.gets("{'type':'room_peer_rm','room':'<r>','user':'<bert>'}");
      Caller.on(stage, "again").asks("room_join", "'room':'<r>'").isAnswered("{'room':'<r>',"
          + "'status':{},'peers':{'<anna>':{'pending':false,'status':{}}}}");
      anna.gets("{'type':'room_peer_add','room':'<r>','user':'<again>','pending':false,"
          + "'status':{}}").getsNothingMore();
    });
  }
}
