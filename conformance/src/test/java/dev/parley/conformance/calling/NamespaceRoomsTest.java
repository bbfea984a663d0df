package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;

/** Rooms in namespaces, and the events of subscribers. */
@SideBySide
class NamespaceRoomsTest {

  private static final String N = "'namespace':'<n>'";
  private static final String N_R = "'namespace':'<n>','room':'<r>'";

  private final Differential<ServerOptions> servers;

  NamespaceRoomsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private static String added(String namespace, String status, String peers) {
    return "{'type':'ns_room_add','namespace':'<" + namespace + ">','room':'<r>','status':"
        + status + ",'peers':" + peers + "}";
  }

  private static String removed(String namespace) {
    return "{'type':'ns_room_rm','namespace':'<" + namespace + ">','room':'<r>'}";
  }

  private static String peer(String event, String namespace, String user, String fields) {
    return "{'type':'ns_room_peer_" + event + "','namespace':'<" + namespace
        + ">','room':'<r>','user':'<" + user + ">'" + fields + "}";
  }

  @Test
  void subscribersAreToldOfARoomWithItsStatusAndPeers() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("status", "'status':{'x':1}")
          .does("room_join", "'room':'<r>','status':{'y':2}")
          .does("room_status", "'room':'<r>','key':'k','value':3");
      Caller cora = Caller.on(stage, "cora");
      bert.does("invite_send", "'room':'<r>','user':'<cora>','data':{}");
      bert.asks("ns_room_register", N_R).isAnswered();
      anna.gets(added("n", "{'k':3}", "{'<bert>':{'pending':false,'status':{'x':1,'y':2}},"
          + "'<cora>':{'pending':true,'status':{}}}")).getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void whoSubscribesSeesTheRooms() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").does("room_join", "'room':'<r>','status':{'y':2}")
          .does("room_status", "'room':'<r>','key':'k','value':3").joins("<s>");
      Caller.on(stage, "cora");
      bert.does("invite_send", "'room':'<r>','user':'<cora>','data':{}")
          .does("ns_room_register", N_R)
          .does("ns_room_register", "'namespace':'<n>','room':'<s>'");
      Caller.on(stage, "anna").asks("ns_subscribe", N).isAnswered("{'users':{},'rooms':{"
          + "'<r>':{'status':{'k':3},'peers':{'<bert>':{'pending':false,'status':{'y':2}},"
          + "'<cora>':{'pending':true,'status':{}}}},"
          + "'<s>':{'status':{},'peers':{'<bert>':{'pending':false,'status':{}}}}}}");
    });
  }

  @Test
  void anybodyMayRegisterARoomAndEndIt() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").joins("<r>");
      Caller cora = Caller.on(stage, "cora");
      cora.asks("ns_room_register", N_R).isAnswered();
      anna.gets(added("n", "{}", "{'<bert>':{'pending':false,'status':{}}}"));
      bert.asks("ns_room_register", N_R)
          .isRefused("Room was already registered to that namespace")
          .asks("ns_room_unregister", N_R).isAnswered();
      anna.gets(removed("n")).getsNothingMore();
      cora.asks("ns_room_unregister", N_R).isRefused("Room was not registered to namespace");
    });
  }

  @Test
  void aSubscriberThatRegistersIsToldBeforeTheAnswer() {
    servers.same(stage -> Caller.on(stage, "anna").does("ns_subscribe", N).joins("<r>")
        .asks("ns_room_register", N_R)
        .gets(added("n", "{}", "{'<anna>':{'pending':false,'status':{}}}")).isAnswered()
        .asks("ns_room_unregister", N_R).gets(removed("n")).isAnswered().getsNothingMore());
  }

  @Test
  void whatIsNotThereCannotBeUnregistered() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").joins("<r>");
      anna.asks("ns_room_unregister", N_R).isRefused("Namespace does not exist")
          .asks("ns_room_unregister", "'namespace':'<n>','room':'<s>'")
          .isRefused("Namespace does not exist");
      anna.does("ns_subscribe", N)
          .asks("ns_room_unregister", N_R).isRefused("Room was not registered to namespace")
          .asks("ns_room_unregister", "'namespace':'<n>','room':'<s>'")
          .isRefused("Room does not exist")
          .asks("ns_room_register", "'namespace':'<n>','room':'<s>'")
          .isRefused("Room does not exist");
    });
  }

  @Test
  void aRegisteredRoomKeepsItsNamespaceAlive() {
    servers.same(stage -> Caller.on(stage, "anna").joins("<r>").does("ns_room_register", N_R)
        .asks("ns_unsubscribe", N).isRefused("User was not subscribed to namespace")
        .asks("ns_user_unregister", N).isRefused("User was not registered to namespace")
        .asks("ns_room_unregister", N_R).isAnswered()
        .asks("ns_unsubscribe", N).isRefused("Namespace does not exist"));
  }

  @Test
  void subscribersAreToldOfWhoComesAndOfStatuses() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("ns_room_register", N_R);
      Caller cora = Caller.on(stage, "cora").does("status", "'status':{'g':1}");
      stage.passes();
      cora.asks("room_join", "'room':'<r>','status':{'c':1}").isAnswered("{'room':'<r>',"
          + "'status':{},'peers':{'<bert>':{'pending':false,'status':{}}}}");
      anna.gets(peer("add", "n", "cora", ",'pending':false,'status':{'g':1,'c':1}"));
      cora.asks("room_peer_status", "'room':'<r>','status':{'c':2}").isAnswered();
      anna.gets(peer("update", "n", "cora", ",'status':{'g':1,'c':2}"));
      cora.asks("status", "'status':{'g':2}").isAnsweredAboutStatus();
      anna.gets(peer("update", "n", "cora", ",'status':{'g':2,'c':2}")).getsNothingMore();
      stage.passes();
      bert.getsNothingMore();
    });
  }

  @Test
  void subscribersAreToldNothingOfTheRoomsStatusNorOfWhoLeaves() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller.on(stage, "bert").joins("<r>").does("ns_room_register", N_R);
      Caller cora = Caller.on(stage, "cora").joins("<r>");
      stage.passes();
      cora.asks("room_status", "'room':'<r>','key':'k','value':1").isAnswered()
          .asks("room_leave", "'room':'<r>'").isAnswered();
      anna.getsNothingMore();
    });
  }

  @Test
  void aMemberThatSubscribesIsToldBothWays() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N).joins("<r>")
          .does("ns_room_register", N_R);
      Caller bert = Caller.on(stage, "bert").does("ns_subscribe", N);
      bert.asks("room_join", "'room':'<r>'")
          .gets(peer("add", "n", "bert", ",'pending':false,'status':{}"))
          .isAnswered("{'room':'<r>','status':{},"
              + "'peers':{'<anna>':{'pending':false,'status':{}}}}");
      anna.gets("{'type':'room_peer_add','room':'<r>','user':'<bert>','pending':false,"
          + "'status':{}}", peer("add", "n", "bert", ",'pending':false,'status':{}"));
      bert.asks("room_peer_status", "'room':'<r>','status':{'b':1}")
          .gets(peer("update", "n", "bert", ",'status':{'b':1}")).isAnswered();
      anna.gets("{'type':'room_peer_update','room':'<r>','user':'<bert>','status':{'b':1}}",
          peer("update", "n", "bert", ",'status':{'b':1}"));
      bert.asks("status", "'status':{'g':1}")
          .gets(peer("update", "n", "bert", ",'status':{'g':1,'b':1}")).isAnsweredAboutStatus();
      anna.gets("{'type':'room_peer_update','room':'<r>','user':'<bert>',"
          + "'status':{'g':1,'b':1}}", peer("update", "n", "bert", ",'status':{'g':1,'b':1}"));
    });
  }

  @Test
  void aRoomInSeveralNamespacesIsToldInTheOrderOfItsRegistrations() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N)
          .does("ns_subscribe", "'namespace':'<m>'").does("ns_subscribe", "'namespace':'<l>'");
      Caller bert = Caller.on(stage, "bert").joins("<r>")
          .does("ns_room_register", "'namespace':'<m>','room':'<r>'").does("ns_room_register", N_R)
          .does("ns_room_register", "'namespace':'<l>','room':'<r>'");
      bert.does("ns_room_unregister", "'namespace':'<m>','room':'<r>'")
          .does("ns_room_register", "'namespace':'<m>','room':'<r>'");
      stage.passes();
      bert.asks("room_peer_status", "'room':'<r>','status':{'b':1}").isAnswered();
      anna.gets(peer("update", "n", "bert", ",'status':{'b':1}"),
          peer("update", "l", "bert", ",'status':{'b':1}"),
          peer("update", "m", "bert", ",'status':{'b':1}"));
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets(removed("n"), removed("l"), removed("m")).getsNothingMore();
    });
  }

  @Test
  void aRoomThatEmptiesIsNoLongerRegistered() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("ns_room_register", N_R)
          .does("room_status", "'room':'<r>','key':'k','value':1");
      stage.passes();
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets(removed("n"));
      bert.asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{'k':1}}");
      anna.getsNothingMore();
      bert.asks("ns_room_unregister", N_R).isRefused("Room was not registered to namespace")
          .asks("ns_room_register", N_R).isAnswered();
      anna.gets(added("n", "{'k':1}", "{'<bert>':{'pending':false,'status':{}}}"))
          .getsNothingMore();
    });
  }

  @Test
  void aSubscriberThatEmptiesARoomIsToldBeforeTheAnswer() {
    servers.same(stage -> Caller.on(stage, "anna").does("ns_subscribe", N).joins("<r>")
        .does("ns_room_register", N_R)
        .asks("room_leave", "'room':'<r>'").gets(removed("n")).isAnswered().getsNothingMore());
  }

  @Test
  void anEmptyRoomMayBeRegisteredWhileItLasts() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("room_leave", "'room':'<r>'");
      bert.asks("ns_room_register", N_R).isAnswered();
      anna.gets(added("n", "{}", "{}"));
      bert.asks("room_join", "'room':'<r>'")
          .isAnswered("{'room':'<r>','peers':{},'status':{}}");
      anna.gets(peer("add", "n", "bert", ",'pending':false,'status':{}"));
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets(removed("n")).getsNothingMore();
    });
  }

  @Test
  void whoSubscribedLaterIsToldOfTheEndToo() {
    servers.same(stage -> {
      Caller bert = Caller.on(stage, "bert").joins("<r>").does("ns_room_register", N_R);
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", N).does("ns_unsubscribe", N);
      bert.asks("room_leave", "'room':'<r>'").isAnswered();
      anna.gets(removed("n")).getsNothingMore();
      cora.getsNothingMore();
    });
  }
}
