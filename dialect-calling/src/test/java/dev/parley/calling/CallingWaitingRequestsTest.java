package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.Rate;
import dev.parley.group.GroupAnswer;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Recipient;
import dev.parley.net.limits.Limits;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.Actor;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.record.Records;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients whose requests wait for a server that has much to do. */
class CallingWaitingRequestsTest {

  private static final String BUSY = "The server cannot do this at the moment, try again later";
  private static final int MANY = 3_000;
  private static final int PATIENCE_SECONDS = 30;

  /** Groups that take their time, or have none. */
  private static final class SlowGroups implements Groups {

    private final BlockingQueue<Recipient> waiting = new LinkedBlockingQueue<>();
    private volatile boolean full;

    @Override
    public void command(Recipient requester, UserCommand command) {
      if (command instanceof Arrive) {
        requester.deliver(new GroupAnswer.Done());
      } else if (full) {
        requester.deliver(new GroupAnswer.Refused(Refusal.UNAVAILABLE));
      } else {
        waiting.add(requester);
      }
    }

    /** Answers the next command, once it has come. */
    void answer() {
      try {
        Recipient next = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a command").isNotNull();
        next.deliver(new GroupAnswer.Done());
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    @Override
    public void depart(Recipient owner, PeerAddress user) {}

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final SlowGroups groups = new SlowGroups();

  private CallingStage stage() {
    Limits unhurried =
        Records.with(Limits.DEFAULT, "rate", Rate.OFF, "byteRate", ByteRate.OFF);
    return new CallingStage(GatewayFixture.gateway().limits(unhurried)
        .dialect("calling", "/", Map.of()).groups(groups));
  }

  @Test
  void givenAServerWithTooMuchToDo_whenAClientAsks_thenItIsToldSoInItsWordsAndStays() {
    groups.full = true;
    try (CallingStage stage = stage()) {
      stage.user("anna")
          .sends("{'type':'ns_subscribe','namespace':'n','tid':1}")
          .gets("{'type':'answer','tid':1,'error':'" + BUSY + "'}")
          .sends("{'type':'ping','tid':2}").gets("{'type':'answer','tid':2}");
    }
  }

  @Test
  void givenARequestThatWaits_whenManyComeBehindItInOneWrite_thenAllAreAnsweredInOrder() {
    try (CallingStage stage = stage()) {
      Actor anna = stage.user("anna");
      List<String> burst = new ArrayList<>();
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        burst.add(i == 0 ? "{\"type\":\"ns_subscribe\",\"namespace\":\"n\",\"tid\":0}"
            : "{\"type\":\"ping\",\"tid\":" + i + "}");
        answers.add("{\"type\":\"answer\",\"tid\":" + i + "}");
      }
      int before = anna.client().texts().size();
      anna.client().burst(burst);
      groups.answer();

      List<String> all = anna.client().awaitTexts(before + MANY);
      assertThat(all.subList(before, all.size())).isEqualTo(answers);
    }
  }

  @Test
  void givenAClientThatWantsToBeClosedWhenItIsSilent_whenItsRequestWaits_thenItIsNotSilent() {
    try (CallingStage stage = stage()) {
      String timeout = "{\"type\":\"remote_timeout\",\"time\":150,\"tid\":1}";
      Actor anna = stage.user("anna").sends("{'type':'ns_subscribe','namespace':'n','tid':0}");
      Actor bert = stage.user("bert").sends("{'type':'ns_subscribe','namespace':'n','tid':0}");
      groups.answer();
      groups.answer();
      anna.gets(1);
      bert.gets(1);
      anna.client().burst(List.of(timeout,
          "{\"type\":\"ns_subscribe\",\"namespace\":\"m\",\"tid\":2}",
          "{\"type\":\"ping\",\"tid\":3}"));
      anna.gets(1);

      // The negative twin.
      bert.sends(timeout).gets(1).isClosed(1001);
      stage.user("cleo").sends(timeout).gets(1).isClosed(1001);

      groups.answer();
      anna.gets("{'type':'answer','tid':2}", "{'type':'answer','tid':3}");
    }
  }
}
