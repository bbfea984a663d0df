package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in namespaces, and their subscribers. */
@SideBySide
class NamespaceUsersTest {

  private static final String N = "'namespace':'<n>'";
  private static final String NO_NAMESPACE = "Namespace does not exist";

  private final Differential<ServerOptions> servers;

  NamespaceUsersTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  private static String added(String namespace, String user, String status) {
    return "{'type':'ns_user_add','namespace':'<" + namespace + ">','user':'<" + user
        + ">','status':" + status + "}";
  }

  private static String updated(String namespace, String user, String status) {
    return "{'type':'ns_user_update','namespace':'<" + namespace + ">','user':'<" + user
        + ">','status':" + status + "}";
  }

  private static String removed(String namespace, String user) {
    return "{'type':'ns_user_rm','namespace':'<" + namespace + ">','user':'<" + user + ">'}";
  }

  @Test
  void anEmptyNamespaceHasNothingToShow() {
    servers.same(stage -> Caller.on(stage, "anna").asks("ns_subscribe", N)
        .isAnswered("{'users':{},'rooms':{}}").getsNothingMore());
  }

  @Test
  void whoSubscribesSeesWhoIsThere() {
    servers.same(stage -> {
      Caller.on(stage, "anna").does("ns_user_register", N);
      Caller.on(stage, "bert").does("status", "'status':{'b':{'x':[1]}}")
          .does("ns_user_register", N);
      Caller.on(stage, "cora").asks("ns_subscribe", N)
          .isAnswered("{'users':{'<anna>':{},'<bert>':{'b':{'x':[1]}}},'rooms':{}}");
    });
  }

  @Test
  void subscribersAreToldOfNewUsersTheirUpdatesAndTheirLeave() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("status", "'status':{'b':1}");
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", N);
      bert.asks("ns_user_register", N).isAnswered();
      anna.gets(added("n", "bert", "{'b':1}"));
      bert.asks("status", "'status':{'b':2}").isAnsweredAboutStatus();
      anna.gets(updated("n", "bert", "{'b':2}"));
      bert.asks("status", "'status':{'b':2}").isAnsweredAboutStatus();
      anna.gets(updated("n", "bert", "{'b':2}"));
      bert.asks("ns_user_unregister", N).isAnswered();
      anna.gets(removed("n", "bert"));
      bert.asks("status", "'status':{'b':3}").isAnsweredAboutStatus().getsNothingMore();
      anna.getsNothingMore();
      cora.gets(added("n", "bert", "{'b':1}"), updated("n", "bert", "{'b':2}"),
          updated("n", "bert", "{'b':2}"), removed("n", "bert")).getsNothingMore();
    });
  }

  @Test
  void aSubscriberIsToldOfItselfBeforeTheAnswer() {
    servers.same(stage -> Caller.on(stage, "anna").does("ns_subscribe", N)
        .asks("ns_user_register", N).gets(added("n", "anna", "{}")).isAnswered()
        .asks("status", "'status':{'a':1}").gets(updated("n", "anna", "{'a':1}"))
        .isAnsweredAboutStatus()
        .asks("ns_user_unregister", N).gets(removed("n", "anna")).isAnswered()
        .getsNothingMore());
  }

  @Test
  void whoSubscribesSeesItself() {
    servers.same(stage -> Caller.on(stage, "anna").does("ns_user_register", N)
        .asks("ns_subscribe", N).isAnswered("{'users':{'<anna>':{}},'rooms':{}}"));
  }

  @Test
  void nobodySubscribesOrRegistersTwice() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      anna.asks("ns_subscribe", N).isRefused("User was already subscribed to that namespace");
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N);
      bert.asks("ns_user_register", N).isRefused("User was already registered to that namespace");
      stage.passes();
      bert.asks("ns_user_unregister", N).isAnswered();
      anna.gets(removed("n", "bert")).getsNothingMore();
    });
  }

  @Test
  void whoHasUnsubscribedIsToldNothing() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N);
      anna.asks("ns_unsubscribe", N).isAnswered();
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus()
          .asks("ns_user_unregister", N).isAnswered();
      anna.getsNothingMore();
    });
  }

  @Test
  void whoIsNotSubscribedOrRegisteredCannotEndIt() {
    servers.same(stage -> {
      Caller.on(stage, "anna").does("ns_subscribe", N)
          .asks("ns_user_unregister", N).isRefused("User was not registered to namespace");
      Caller.on(stage, "bert").does("ns_user_register", N)
          .asks("ns_unsubscribe", N).isRefused("User was not subscribed to namespace");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns_unsubscribe", "ns_user_unregister"})
  void aNamespaceThatNobodyUsesDoesNotExist(String type) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      anna.asks(type, N).isRefused(NO_NAMESPACE);
      anna.does("ns_subscribe", N).does("ns_user_register", N).does("ns_unsubscribe", N)
          .does("ns_user_unregister", N);
      anna.asks(type, N).isRefused(NO_NAMESPACE);
    });
  }

  @Test
  void aNamespaceExistsAsLongAsSomebodyUsesIt() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N);
      anna.does("ns_unsubscribe", N);
      anna.asks("ns_unsubscribe", N).isRefused("User was not subscribed to namespace");
      bert.does("ns_user_unregister", N);
      anna.asks("ns_unsubscribe", N).isRefused(NO_NAMESPACE);
    });
  }

  @Test
  void namespacesAreIndependent() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N)
          .does("ns_subscribe", "'namespace':'<m>'");
      Caller cora = Caller.on(stage, "cora").does("ns_subscribe", "'namespace':'<m>'");
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N);
      stage.passes();
      bert.asks("ns_user_register", "'namespace':'<m>'").isAnswered()
          .asks("status", "'status':{'b':1}").isAnsweredAboutStatus()
          .asks("ns_user_unregister", N).isAnswered();
      anna.gets(added("m", "bert", "{}"), updated("n", "bert", "{'b':1}"),
          updated("m", "bert", "{'b':1}"), removed("n", "bert")).getsNothingMore();
      cora.gets(added("m", "bert", "{}"), updated("m", "bert", "{'b':1}")).getsNothingMore();
    });
  }

  @Test
  void aStatusGoesToRoomsAndNamespacesInTheOrderInWhichTheyWereEntered() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N)
          .does("ns_subscribe", "'namespace':'<m>'").joins("<r>").joins("<s>");
      Caller bert = Caller.on(stage, "bert").joins("<s>").does("ns_user_register", N).joins("<r>")
          .does("ns_user_register", "'namespace':'<m>'");
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus();
      String inRoom = "{'type':'room_peer_update','room':'<%s>','user':'<bert>',"
          + "'status':{'b':1}}";
      anna.gets(inRoom.formatted("s"), updated("n", "bert", "{'b':1}"), inRoom.formatted("r"),
          updated("m", "bert", "{'b':1}"));
      bert.does("ns_user_unregister", N).does("room_leave", "'room':'<s>'")
          .does("ns_user_register", N).joins("<s>");
      stage.passes();
      bert.asks("status", "'status':{'b':1}").isAnsweredAboutStatus();
      anna.gets(inRoom.formatted("r"), updated("m", "bert", "{'b':1}"),
          updated("n", "bert", "{'b':1}"), inRoom.formatted("s")).getsNothingMore();
    });
  }

  @Test
  void theStatusInARoomIsNoneOfTheNamespacesBusiness() {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna").does("ns_subscribe", N);
      Caller bert = Caller.on(stage, "bert").does("ns_user_register", N)
          .does("room_join", "'room':'<r>','status':{'in':'room'}");
      stage.passes();
      bert.asks("room_peer_status", "'room':'<r>','status':{'in':'here'}").isAnswered()
          .asks("status", "'status':{'b':1}").isAnsweredAboutStatus();
      anna.gets(updated("n", "bert", "{'b':1}")).getsNothingMore();
      Caller.on(stage, "cora").asks("ns_subscribe", N)
          .isAnswered("{'users':{'<bert>':{'b':1}},'rooms':{}}");
    });
  }
}
