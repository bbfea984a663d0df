package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import dev.parley.testkit.Actor;
import org.junit.jupiter.api.Test;

/** Messages that expire. */
@SideBySide
class ExpiryTest {

  private final Differential<ServerOptions> servers;

  ExpiryTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void theSenderIsToldOnceForAllItSentToOnePeer() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}",
          "{'type':'CANDIDATE','dst':'<bert>','payload':2}",
          "{'type':'CANDIDATE','dst':'<bert>','payload':3}");
      anna.gets("{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}").getsNothingMore();
      join(stage, "bert").getsNothingMore();
    });
  }

  @Test
  void theSenderIsToldOncePerPeer() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>'}").settles();
      anna.sends("{'type':'OFFER','dst':'<cora>'}", "{'type':'CANDIDATE','dst':'<bert>'}");
      anna.gets(2).getsNothingMore();
    });
  }

  @Test
  void everySenderIsTold() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'OFFER','dst':'<bert>'}").settles();
      cora.sends("{'type':'ANSWER','dst':'<bert>'}", "{'type':'OFFER','dst':'<anna>'}");
      anna.gets("{'type':'OFFER','src':'<cora>','dst':'<anna>'}",
          "{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}").getsNothingMore();
      cora.gets("{'type':'EXPIRE','src':'<bert>','dst':'<cora>'}").getsNothingMore();
    });
  }

  @Test
  void aNewMessageAfterTheExpiryIsToldAgain() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':1}");
      anna.gets("{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}");
      anna.sends("{'type':'OFFER','dst':'<bert>','payload':2}");
      anna.gets("{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}").getsNothingMore();
    });
  }

  @Test
  void leaveAndExpireForNobodyThereAreNotReported() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'LEAVE','dst':'<bert>'}", "{'type':'EXPIRE','dst':'<bert>'}",
          "{'type':'OFFER','dst':'<cora>'}");
      anna.gets("{'type':'EXPIRE','src':'<cora>','dst':'<anna>'}").getsNothingMore();
    });
  }

  @Test
  void whatWasDeliveredDoesNotExpire() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>'}").settles();
      join(stage, "bert").gets("{'type':'OFFER','src':'<anna>','dst':'<bert>'}");
      anna.sends("{'type':'OFFER','dst':'<cora>'}");
      anna.gets("{'type':'EXPIRE','src':'<cora>','dst':'<anna>'}").getsNothingMore();
    });
  }

  @Test
  void theOwnerOfTheSendersIdIsTold() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      anna.sends("{'type':'OFFER','dst':'<bert>'}").settles();
      anna.leaves();
      untilGone(stage, "<anna>");
      join(stage, "anna").gets("{'type':'EXPIRE','src':'<bert>','dst':'<anna>'}")
          .getsNothingMore();
    });
  }

  @Test
  void aSenderWhoHasGoneIsNotTold() {
    servers.same(ServerOptions.EXPIRING, stage -> {
      Actor anna = join(stage, "anna");
      Actor cora = join(stage, "cora");
      anna.sends("{'type':'OFFER','dst':'<bert>'}").settles();
      anna.leaves();
      untilGone(stage, "<anna>");
      cora.sends("{'type':'OFFER','dst':'<bert>'}");
      cora.gets("{'type':'EXPIRE','src':'<bert>','dst':'<cora>'}");
      joinAs(stage, "heir", "<anna>", "another").getsNothingMore();
    });
  }
}
