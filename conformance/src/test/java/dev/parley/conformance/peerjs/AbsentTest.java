package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import org.junit.jupiter.api.Test;

/** Messages for absent clients. */
@SideBySide
class AbsentTest {

  private final Differential<ServerOptions> servers;

  AbsentTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void whoComesLateGetsWhatWasSentInItsOrderAfterOpen() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}",
          "{'type':'CANDIDATE','dst':'<bert>','payload':2}",
          "{'type':'ANSWER','dst':'<bert>','payload':3}", "{'type':'CANDIDATE','dst':'<bert>'}");
      anna.getsNothingMore();
      Actor bert = join(stage, "bert");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}",
          "{'type':'CANDIDATE','src':'<anna>','dst':'<bert>','payload':2}",
          "{'type':'ANSWER','src':'<anna>','dst':'<bert>','payload':3}",
          "{'type':'CANDIDATE','src':'<anna>','dst':'<bert>'}");
      bert.getsNothingMore();
      anna.getsNothingMore();
    });
  }

  @Test
  void leaveAndExpireAreNotKept() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'LEAVE','dst':'<bert>'}", "{'type':'OFFER','dst':'<bert>'}",
          "{'type':'EXPIRE','dst':'<bert>'}", "{'type':'HEARTBEAT','dst':'<bert>'}");
      stage.settles();
      join(stage, "bert").gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}").getsNothingMore();
      anna.getsNothingMore();
    });
  }

  @Test
  void twoSendersMessagesKeepTheOrderInWhichTheyCame() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}").settles();
      cora.sends("{'type':'OFFER','dst':'<bert>','payload':2}").settles();
      anna.sends("{'type':'CANDIDATE','dst':'<bert>','payload':3}").settles();
      cora.sends("{'type':'CANDIDATE','dst':'<bert>','payload':4}").settles();
      join(stage, "bert").gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}",
          "{'type':'OFFER','src':'<cora>','dst':'<bert>','payload':2}",
          "{'type':'CANDIDATE','src':'<anna>','dst':'<bert>','payload':3}",
          "{'type':'CANDIDATE','src':'<cora>','dst':'<bert>','payload':4}").getsNothingMore();
    });
  }

  @Test
  void whatWasKeptComesThoughItsSenderHasGone() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}").settles();
      anna.leaves();
      untilGone(stage, "<anna>");
      Actor bert = join(stage, "bert");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}");
      bert.sends("{'type':'ANSWER','dst':'<anna>','payload':2}").settles();
      joinAs(stage, "heir", "<anna>", "another")
          .gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>','payload':2}");
    });
  }

  @Test
  void whatWasKeptComesOnce() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}").settles();
      Actor bert = join(stage, "bert");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}");
      bert.leaves();
      untilGone(stage, "<bert>");
      joinAs(stage, "heir", "<bert>", "another").getsNothingMore();
    });
  }

  @Test
  void newMessagesComeAfterThoseThatWereKept() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}").settles();
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':2}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':1}",
          "{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':2}");
      bert.sends("{'type':'ANSWER','dst':'<anna>'}");
      anna.gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>'}");
    });
  }

  @Test
  void aDepartureIsAnnouncedToNobody() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'OFFER','dst':'<bert>'}");
      bert.gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
      bert.sends("{'type':'ANSWER','dst':'<anna>'}");
      anna.gets("{'type':'ANSWER','src':'<bert>','dst':'<anna>'}");
      bert.vanishes();
      untilGone(stage, "<bert>");
      anna.getsNothingMore();
      cora.getsNothingMore();
    });
  }

  @Test
  void whoComesBackAfterAnEndGetsWhatWasSentMeanwhile() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      bert.leaves();
      untilGone(stage, "<bert>");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':'meanwhile'}").settles();
      join(stage, "bert")
          .gets("{'type':'OFFER','src':'<anna>','dst':'<bert>','payload':'meanwhile'}");
    });
  }

  @Test
  void leaveForNobodyFreesTheIdAndTheSocketStaysOpen() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'LEAVE'}");
      untilGone(stage, "<anna>");
      bert.sends("{'type':'OFFER','dst':'<anna>','payload':1}");
      anna.getsNothingMore().isStillConnected();
      Actor heir = joinAs(stage, "heir", "<anna>", "another");
      heir.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>','payload':1}");
      heir.sends("{'type':'ANSWER','dst':'<bert>','payload':2}");
      bert.gets("{'type':'ANSWER','src':'<anna>','dst':'<bert>','payload':2}");
      anna.getsNothingMore();
    });
  }

  @Test
  void leaveForNobodyMayHaveANullOrEmptyRecipient() {
    servers.same(stage -> {
      join(stage, "anna").sends("{'type':'LEAVE','dst':null}");
      join(stage, "bert").sends("{'type':'LEAVE','dst':''}");
      untilGone(stage, "<anna>");
      untilGone(stage, "<bert>");
    });
  }

  @Test
  void leaveForSomebodyKeepsOnesOwnId() {
    servers.same(stage -> {
      Actor anna = join(stage, "anna");
      Actor bert = join(stage, "bert");
      anna.sends("{'type':'LEAVE','dst':'<bert>','payload':'bye'}");
      bert.gets("{'type':'LEAVE','src':'<anna>','dst':'<bert>','payload':'bye'}");
      bert.sends("{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<bert>','dst':'<anna>'}");
    });
  }
}
