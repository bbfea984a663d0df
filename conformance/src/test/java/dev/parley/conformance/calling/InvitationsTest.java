package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations: sent, pending, accepted, denied and cancelled. */
@SideBySide
class InvitationsTest {

  private static final String INVALID = "Invalid invitation handle";
  private static final String ONLY_INVITED = "You are only invited to the room";
  private static final String ALREADY = "User is already in room";
  private static final String INVITE_BERT = "'room':'<r>','user':'<bert>','data':{}";
  private static final String INVITE_CORA = "'room':'<r>','user':'<cora>','data':{}";

  private final Differential<ServerOptions> servers;

  InvitationsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private static String incoming(int handle, String sender, String peers) {
    return "{'type':'invite_incoming','handle':" + handle + ",'room':'<r>','sender':'<" + sender
        + ">','peers':" + peers + ",'status':{},'data':{}}";
  }

  private static String pending(String user) {
    return "{'type':'room_peer_add','room':'<r>','user':'<" + user
        + ">','pending':true,'status':{}}";
  }

  private static String noLongerPending(String user) {
    return "{'type':'room_peer_update','room':'<r>','user':'<" + user + ">','pending':false}";
  }

  private static String status(String user, String status) {
    return "{'type':'room_peer_update','room':'<r>','user':'<" + user + ">','status':" + status
        + "}";
  }

  private static String gone(String user) {
    return "{'type':'room_peer_rm','room':'<r>','user':'<" + user + ">'}";
  }

  private static String response(int handle, boolean accepted) {
    return "{'type':'invite_response','handle':" + handle + ",'accepted':" + accepted + "}";
  }

  @Test
  void anInvitationShowsTheRoomAndItsSender() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("status", "'status':{'g':1}")
          .does("room_join", "'room':'<r>','status':{'a':1}")
          .does("room_status", "'room':'<r>','key':'k','value':1");
      Caller bert = Caller.on(stage, "bert").does("status", "'status':{'b':1}");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      stage.passes();
      anna.asks("invite_send", "'room':'<r>','user':'<bert>','data':{'call':[1]}")
          .gets("{'type':'room_peer_add','room':'<r>','user':'<bert>','pending':true,"
              + "'status':{'b':1}}")
          .isAnswered("{'handle':0}").getsNothingMore();
      bert.gets("{'type':'invite_incoming','handle':0,'room':'<r>','sender':'<anna>',"
          + "'peers':{'<anna>':{'pending':false,'status':{'g':1,'a':1}},"
          + "'<cora>':{'pending':false,'status':{}}},"
          + "'status':{'k':1},'data':{'call':[1]}}").getsNothingMore();
      cora.gets("{'type':'room_peer_add','room':'<r>','user':'<bert>','pending':true,"
          + "'status':{'b':1}}").getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "{'a':[null,{'b':1.5}]}"})
  void anInvitationHasAnyData(String data) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.asks("invite_send", "'room':'<r>','user':'<bert>','data':" + data)
          .isAnswered("{'handle':0}");
      bert.gets("{'type':'invite_incoming','handle':0,'room':'<r>','sender':'<anna>',"
          + "'peers':{},'status':{},'data':" + data + "}");
    });
  }

  @Test
  void aRoomIsMadeForAnInvitationAndItsSenderNeedNotComeIn() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.asks("invite_send", INVITE_BERT).isAnswered("{'handle':0}")
          .asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
      bert.gets(incoming(0, "anna", "{}"));
      anna.asks("room_join", "'room':'<r>'").isAnswered(
          "{'room':'<r>','status':{},'peers':{'<bert>':{'pending':true,'status':{}}}}");
      bert.gets("{'type':'room_peer_add','room':'<r>','user':'<anna>','pending':false,"
          + "'status':{}}");
      bert.asks("invite_accept", "'handle':0,'status':{}").isAnswered();
      anna.gets(response(0, true), noLongerPending("bert"), status("bert", "{}"))
          .getsNothingMore();
      bert.getsNothingMore();
    });
  }

  @Test
  void onlyWhoIsThereCanBeInvited() {
    servers.same(stage -> Caller.on(stage, "anna")
        .asks("invite_send", "'room':'<r>','user':'<nobody>','data':{}")
        .isRefused("Unknown recipient")
        .asks("room_leave", "'room':'<r>'").isRefused("Room does not exist"));
  }

  @Test
  void whoIsInTheRoomCannotBeInvited() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora");
      stage.passes();
      anna.asks("invite_send", INVITE_BERT).isRefused(ALREADY);
      cora.asks("invite_send", INVITE_BERT).isRefused(ALREADY);
      bert.asks("invite_send", INVITE_BERT).isRefused(ALREADY).getsNothingMore();
      anna.getsNothingMore();
    });
  }

  @Test
  void whoIsInvitedCannotBeInvitedAgain() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      anna.asks("invite_send", INVITE_BERT).isAnswered("{'handle':0}")
          .asks("invite_send", INVITE_BERT).isRefused(ALREADY);
      cora.asks("invite_send", INVITE_BERT).isRefused(ALREADY).getsNothingMore();
      bert.gets(incoming(0, "anna", "{}")).getsNothingMore();
    });
  }

  @Test
  void oneCanInviteOneself() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      anna.asks("invite_send", "'room':'<r>','user':'<anna>','data':{}")
          .gets(incoming(1, "anna", "{}")).isAnswered("{'handle':0}")
          .asks("invite_accept", "'handle':1,'status':{}").gets(response(0, true)).isAnswered()
          .getsNothingMore();
      anna.asks("room_leave", "'room':'<r>'").isAnswered();
    });
  }

  @Test
  void oneCanDenyOnesOwnInvitation() {
    servers.same(stage -> Caller.on(stage, "anna")
        .asks("invite_send", "'room':'<r>','user':'<anna>','data':{}")
        .gets(incoming(1, "anna", "{}")).isAnswered("{'handle':0}")
        .asks("invite_deny", "'handle':1").gets(response(0, false)).isAnswered()
        .getsNothingMore());
  }

  @Test
  void oneCanCancelOnesOwnInvitation() {
    servers.same(stage -> Caller.on(stage, "anna")
        .asks("invite_send", "'room':'<r>','user':'<anna>','data':{}")
        .gets(incoming(1, "anna", "{}")).isAnswered("{'handle':0}")
        .asks("invite_cancel", "'handle':0").gets("{'type':'invite_cancelled','handle':1}")
        .isAnswered().getsNothingMore());
  }

  @Test
  void whoIsPendingMayDoNothingInTheRoom() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("room_join", "'room':'<r>'").isRefused(ALREADY)
          .asks("room_leave", "'room':'<r>'").isRefused(ONLY_INVITED)
          .asks("room_status", "'room':'<r>','key':'k','value':1").isRefused(ONLY_INVITED)
          .asks("room_peer_status", "'room':'<r>','status':{}").isRefused(ONLY_INVITED)
          .asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}")
          .isRefused(ONLY_INVITED).getsNothingMore();
      anna.asks("room_peer_to", "'room':'<r>','user':'<bert>','event':'e','data':{}")
          .isRefused("Recipient is pending").getsNothingMore();
    });
  }

  @Test
  void whoIsPendingHearsWhatTheRoomHears() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      Caller cora = Caller.on(stage, "cora");
      cora.asks("room_join", "'room':'<r>'").isAnswered("{'room':'<r>','status':{},'peers':{"
          + "'<anna>':{'pending':false,'status':{}},'<bert>':{'pending':true,'status':{}}}}");
      bert.gets("{'type':'room_peer_add','room':'<r>','user':'<cora>','pending':false,"
          + "'status':{}}");
      cora.asks("room_status", "'room':'<r>','key':'k','value':1").isAnswered();
      bert.gets("{'type':'room_update','room':'<r>','status':{'k':1}}");
      cora.asks("room_peer_status", "'room':'<r>','status':{'c':1}").isAnswered();
      bert.gets(status("cora", "{'c':1}"));
      cora.asks("status", "'status':{'g':1}").isAnsweredAboutStatus();
      bert.gets(status("cora", "{'g':1,'c':1}"));
      cora.asks("room_leave", "'room':'<r>'").isAnswered();
      bert.gets(gone("cora")).getsNothingMore();
    });
  }

  @Test
  void theStatusOfAPendingOneIsShown() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus();
      anna.gets(status("bert", "{'b':1}")).getsNothingMore();
    });
  }

  @Test
  void aPendingOneMayInviteOthersAndRegisterTheRoom() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("invite_send", INVITE_CORA).gets(pending("cora")).isAnswered("{'handle':1}");
      anna.gets(pending("cora"));
      cora.gets(incoming(0, "bert",
          "{'<anna>':{'pending':false,'status':{}},'<bert>':{'pending':true,'status':{}}}"));
      bert.asks("ns_room_register", "'namespace':'<n>','room':'<r>'").isAnswered()
          .getsNothingMore();
    });
  }

  @Test
  void anInvitationIsAccepted() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert").does("status", "'status':{'g':1}");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("invite_accept", "'handle':0,'status':{'b':1}").isAnswered().getsNothingMore();
      anna.gets(response(0, true), noLongerPending("bert"), status("bert", "{'g':1,'b':1}"))
          .getsNothingMore();
      cora.gets(noLongerPending("bert"), status("bert", "{'g':1,'b':1}")).getsNothingMore();
      bert.asks("room_peer_to", "'room':'<r>','user':'<anna>','event':'e','data':{}").isAnswered();
      anna.gets("{'type':'room_peer_from','room':'<r>','user':'<bert>','event':'e','data':{}}");
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets(gone("bert"));
      cora.gets(gone("bert"));
    });
  }

  @Test
  void otherPendingOnesHearOfAnAcceptance() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      anna.does("invite_send", INVITE_BERT).does("invite_send", INVITE_CORA);
      bert.asks("invite_accept", "'handle':0,'status':[]").isAnswered();
      anna.gets(response(0, true), noLongerPending("bert"), status("bert", "{}"));
      cora.gets(noLongerPending("bert"), status("bert", "{}"));
      cora.asks("invite_accept", "'handle':0,'status':{'c':1}").isAnswered();
      anna.gets(response(1, true), noLongerPending("cora"), status("cora", "{'c':1}"))
          .getsNothingMore();
      bert.gets(noLongerPending("cora"), status("cora", "{'c':1}")).getsNothingMore();
    });
  }

  @Test
  void anInvitationIsDenied() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      anna.does("invite_send", INVITE_BERT);
      bert.asks("invite_deny", "'handle':0").isAnswered().getsNothingMore();
      anna.gets(response(0, false), gone("bert")).getsNothingMore();
      cora.gets(gone("bert")).getsNothingMore();
      bert.asks("room_leave", "'room':'<r>'").isRefused("You are not in the room");
    });
  }

  @Test
  void anInvitationIsCancelled() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      anna.does("invite_send", INVITE_BERT);
      anna.asks("invite_cancel", "'handle':0").isAnswered().gets(gone("bert")).getsNothingMore();
      bert.gets("{'type':'invite_cancelled','handle':0}").getsNothingMore();
      cora.gets(gone("bert")).getsNothingMore();
      bert.asks("room_join", "'room':'<r>'").isAnswered("{'room':'<r>','status':{},'peers':{"
          + "'<anna>':{'pending':false,'status':{}},'<cora>':{'pending':false,'status':{}}}}");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"invite_accept|,'status':{}", "invite_deny|"})
  void anInvitationIsAnsweredOnce(String request) {
    String type = request.substring(0, request.indexOf('|'));
    String fields = "'handle':0" + request.substring(request.indexOf('|') + 1);
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      bert.does(type, fields);
      bert.asks("invite_accept", "'handle':0,'status':{}").isRefused(INVALID)
          .asks("invite_deny", "'handle':0").isRefused(INVALID);
      anna.asks("invite_cancel", "'handle':0").isRefused(INVALID).getsNothingMore();
    });
  }

  @Test
  void aCancelledInvitationCannotBeAnswered() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT).does("invite_cancel", "'handle':0");
      anna.asks("invite_cancel", "'handle':0").isRefused(INVALID);
      bert.asks("invite_accept", "'handle':0,'status':{}").isRefused(INVALID)
          .asks("invite_deny", "'handle':0").isRefused(INVALID);
      anna.getsNothingMore();
    });
  }

  @Test
  void aHandleIsForOneSideOnly() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      anna.asks("invite_accept", "'handle':0,'status':{}").isRefused(INVALID)
          .asks("invite_deny", "'handle':0").isRefused(INVALID);
      bert.asks("invite_cancel", "'handle':0").isRefused(INVALID);
      anna.getsNothingMore();
      bert.asks("invite_accept", "'handle':0,'status':{}").isAnswered();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "-1", "0.5", "1e300"})
  void aHandleThatNeverWasIsInvalid(String handle) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      anna.asks("invite_cancel", "'handle':" + handle).isRefused(INVALID);
      bert.asks("invite_accept", "'status':{},'handle':" + handle).isRefused(INVALID)
          .asks("invite_deny", "'handle':" + handle).isRefused(INVALID);
    });
  }

  @Test
  void handlesAreCountedInAndOutTogether() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      anna.asks("invite_send", INVITE_BERT).isAnswered("{'handle':0}");
      bert.gets(incoming(0, "anna", "{}"));
      bert.asks("invite_send", "'room':'<s>','user':'<anna>','data':{}")
          .isAnswered("{'handle':1}");
      anna.gets("{'type':'invite_incoming','handle':1,'room':'<s>','sender':'<bert>',"
          + "'peers':{},'status':{},'data':{}}");
      anna.asks("invite_send", "'room':'<t>','user':'<cora>','data':{}")
          .isAnswered("{'handle':2}");
      cora.gets("{'type':'invite_incoming','handle':0,'room':'<t>','sender':'<anna>',"
          + "'peers':{},'status':{},'data':{}}");
      anna.does("invite_cancel", "'handle':0");
      anna.asks("invite_send", INVITE_BERT).isAnswered("{'handle':3}");
    });
  }

  @Test
  void theInviterMayLeaveTheRoomMeanwhile() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT);
      anna.asks("room_leave", "'room':'<r>'").isAnswered().getsNothingMore();
      bert.gets(gone("anna")).getsNothingMore();
      cora.gets(gone("anna"));
      bert.asks("invite_accept", "'handle':0,'status':{}").isAnswered();
      anna.gets(response(0, true)).getsNothingMore();
      cora.gets(noLongerPending("bert"), status("bert", "{}"));
    });
  }

  @Test
  void theInviterMayLeaveAndThenCancel() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      Caller bert = Caller.on(stage, "bert");
      anna.does("invite_send", INVITE_BERT).does("room_leave", "'room':'<r>'");
      anna.asks("invite_cancel", "'handle':0").isAnswered().getsNothingMore();
      bert.gets("{'type':'invite_cancelled','handle':0}");
      cora.gets(gone("bert")).getsNothingMore();
    });
  }

  @Test
  void aRoomWithNobodyButPendingOnesLivesOn() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .does("room_status", "'room':'<r>','key':'k','value':1")
          .does("ns_room_register", "'namespace':'<n>','room':'<r>'");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      Caller dora = Caller.on(stage, "dora").does("ns_subscribe", "'namespace':'<n>'");
      anna.does("invite_send", INVITE_BERT).does("invite_send", INVITE_CORA);
      anna.asks("room_leave", "'room':'<r>'").isAnswered();
      bert.gets(gone("anna"));
      cora.gets(gone("anna"));
      dora.getsNothingMore();
      bert.asks("invite_accept", "'handle':0,'status':{}").isAnswered().getsNothingMore();
      cora.gets(noLongerPending("bert"), status("bert", "{}"));
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      cora.gets(gone("bert"));
      stage.passes();
      dora.getsNothingMore();
      cora.asks("invite_deny", "'handle':0").isAnswered();
      dora.gets("{'type':'ns_room_rm','namespace':'<n>','room':'<r>'}").getsNothingMore();
      cora.asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{'k':1}}");
    });
  }

  @Test
  void subscribersAreToldOfPendingOnesAndInWhichOrderTheyAreNot() {
    servers.same(stage -> {
      Caller dora = Caller.on(stage, "dora").does("ns_subscribe", "'namespace':'<n>'");
      Caller anna = Caller.on(stage, "anna").joins("<r>")
          .does("ns_room_register", "'namespace':'<n>','room':'<r>'");
      Caller bert = Caller.on(stage, "bert");
      anna.asks("invite_send", INVITE_BERT).gets(pending("bert")).isAnswered("{'handle':0}");
      String start = "','namespace':'<n>','room':'<r>','user':'<bert>',";
      dora.gets("{'type':'ns_room_peer_add" + start + "'pending':true,'status':{}}");
      bert.does("invite_accept", "'handle':0,'status':{'b':1}");
      Caller.on(stage, "emil").asks("ns_subscribe", "'namespace':'<n>'")
          .isAnswered("{'users':{},'rooms':{'<r>':{'status':{},'peers':{"
              + "'<anna>':{'pending':false,'status':{}},"
              + "'<bert>':{'pending':false,'status':{'b':1}}}}}}");
    });
  }

  @Test
  void aSubscriberIsToldTheStatusBeforeTheEndOfPending() {
    servers.same(stage -> {
      Caller dora = Caller.on(stage, "dora").does("ns_subscribe", "'namespace':'<n>'")
          .joins("<r>").does("ns_room_register", "'namespace':'<n>','room':'<r>'");
      Caller anna = Caller.on(stage, "anna");
      Caller emil = Caller.on(stage, "emil").does("ns_subscribe", "'namespace':'<n>'");
      Caller bert = Caller.on(stage, "bert").does("ns_subscribe", "'namespace':'<n>'");
      anna.does("invite_send", INVITE_BERT);
      String start = "{'type':'ns_room_peer_update','namespace':'<n>','room':'<r>',"
          + "'user':'<bert>',";
      bert.asks("invite_accept", "'handle':0,'status':{'b':1}").isAnswered()
          .gets(start + "'status':{'b':1}}", start + "'pending':false}").getsNothingMore();
      emil.gets(start + "'status':{'b':1}}", start + "'pending':false}").getsNothingMore();
      dora.gets(noLongerPending("bert"), status("bert", "{'b':1}"), start + "'status':{'b':1}}",
          start + "'pending':false}").getsNothingMore();
      anna.gets(response(0, true)).getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny", "cancel"})
  void subscribersAreNotToldOfARefusalUnlessTheRoomIsEmptyThen(String how) {
    servers.same(stage -> {
      Caller dora = Caller.on(stage, "dora").does("ns_subscribe", "'namespace':'<n>'");
      Caller anna = Caller.on(stage, "anna");
      Caller bert = Caller.on(stage, "bert");
      Caller cora = Caller.on(stage, "cora");
      anna.does("invite_send", INVITE_BERT).does("invite_send", INVITE_CORA)
          .does("ns_room_register", "'namespace':'<n>','room':'<r>'");
      if (how.equals("deny")) {
        bert.does("invite_deny", "'handle':0");
        cora.asks("invite_deny", "'handle':0").isAnswered();
      } else {
        anna.does("invite_cancel", "'handle':0").asks("invite_cancel", "'handle':1").isAnswered();
      }
      stage.settles();
      dora.gets("{'type':'ns_room_rm','namespace':'<n>','room':'<r>'}").getsNothingMore();
    });
  }
}
