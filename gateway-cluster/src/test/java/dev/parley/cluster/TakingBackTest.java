package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.CommandPipeline.Priority;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.redis.RedisLink;
import dev.parley.cluster.registry.EpochCounter;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.Registration;
import dev.parley.cluster.registry.StaleOwners;
import dev.parley.cluster.routing.Claims;
import dev.parley.cluster.routing.MailExpiry;
import dev.parley.cluster.routing.RemoteSender;
import dev.parley.cluster.script.CallReport;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.cluster.script.RefreshCommand;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.hub.Recipient;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.Delivery;
import dev.parley.signal.IdLost;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A fenced node rejoins and takes its ids back, while its sessions go on sending: with a Redis that
 * answers when the test says so. Each step is a task of the hub's event loop of its own.
 */
class TakingBackTest {

  private static final PeerAddress PIA = address("pia");
  private static final PeerAddress ADA = address("ada");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final LoopContext loop = new LoopContext(vertx);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final SignalMetrics metrics = new SignalMetrics(registry);
  private final ClusterMetrics counts = new ClusterMetrics(registry);
  private final EpochCounter epochCounter = new EpochCounter();
  private final CommandPipeline pipeline =
      new CommandPipeline(
          loop, PipelineLimits.DEFAULT, new RedisKeys("parley"), new RedisScript("", ""),
          epochCounter);
  private final StaleOwners stale = new StaleOwners();
  private final LocalRegistry localRegistry =
      new LocalRegistry(
          "node", epochCounter, stale,
          new RemoteSender(
              pipeline, stale, new MailExpiry(pipeline, metrics), metrics, counts, () -> true));
  private final Claims claims = new Claims(pipeline, localRegistry, counts);
  private final List<Call> calls = new ArrayList<>();
  private final RedisLink link = new RedisLink(loop, fake(Redis.class), connection(), A_MINUTE);
  private int epochs;

  private static final class NoFailures implements CommandPipeline.PipelineListener {
    @Override
    public void connectionFailed(RedisLink link, Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void worked(CallReport report) {}

    @Override
    public void epochLost(String why) {
      throw new AssertionError(why);
    }
  }

  /**
   * The commands of a call, as "claim pia k", "send hello" and the like, and its pending answer.
   */
  private record Call(List<String> orders, Promise<Response> answer) {}

  private static final class Session implements Recipient {

    private final List<Delivery> got = new ArrayList<>();
    private boolean fails;

    @Override
    public String dialect() {
      return "test";
    }

    @Override
    public void deliver(Delivery delivery) {
      if (fails) {
        throw new OutOfMemoryError("as a test wants it");
      }
      got.add(delivery);
    }
  }

  // ---- a fake Redis

  @SuppressWarnings("unchecked")
  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static <T> T fake(Class<T> type) {
    return fake(type, (proxy, method, arguments) -> null);
  }

  private RedisConnection connection() {
    return fake(
        RedisConnection.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("send")) {
            return proxy;
          }
          Promise<Response> answer = Promise.promise();
          calls.add(new Call(orders((Request) arguments[0]), answer));
          return answer.future();
        });
  }

  private static List<String> orders(Request call) {
    Iterator<byte[]> words = ((RequestImpl) call).getArgs().iterator();
    for (String skipped : List.of("script", "one", "key", "epoch", "number")) {
      assertThat(words).as(skipped).hasNext();
      words.next();
    }
    List<String> orders = new ArrayList<>();
    while (words.hasNext()) {
      String operation = text(words.next());
      orders.add(
          switch (operation) {
            case "claim" -> {
              String address = text(words.next());
              words.next();
              String way = text(words.next());
              words.next();
              words.next();
              yield "claim " + id(address) + " " + way;
            }
            case "send" -> {
              words.next();
              words.next();
              words.next();
              Envelope.Content content = Envelope.open(words.next());
              yield "send " + ((Envelope.Content.Letter) content).signal().payload().text();
            }
            case "release" -> {
              String address = text(words.next());
              words.next();
              words.next();
              yield "release " + id(address);
            }
            default -> operation;
          });
    }
    return orders;
  }

  private static String id(String address) {
    return address.substring(address.indexOf('/') + 1);
  }

  private static String text(byte[] word) {
    return new String(word, StandardCharsets.UTF_8);
  }

  /** The last call. */
  private List<String> piggybacked() {
    return calls.getLast().orders();
  }

  /** Claims of the last call are granted except for these ids, and all other commands succeed. */
  private void answered(String... taken) {
    List<String> lost = List.of(taken);
    StringBuilder reply = new StringBuilder("OK");
    for (String order : piggybacked()) {
      String[] words = order.split(" ");
      reply.append('\n').append(
          switch (words[0]) {
            case "claim" -> lost.contains(words[1]) ? "T" : "G";
            case "send" -> "D";
            case "refresh" -> "1 0 node:1=1";
            default -> "";
          });
    }
    onLoop(() -> calls.getLast().answer().complete(SimpleStringType.create(reply.toString())));
  }

  // ---- steps

  private void onLoop(Runnable step) {
    Promise<Void> done = Promise.promise();
    loop.run(
        () -> {
          try {
            step.run();
            done.complete();
          } catch (RuntimeException | Error failed) {
            done.fail(failed);
          }
        });
    result(done.future());
    // What the step has queued into the pipeline schedules another run.
    Promise<Void> ran = Promise.promise();
    loop.run(ran::complete);
    result(ran.future());
  }

  private static void result(Future<Void> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static PeerAddress address(String id) {
    return new PeerAddress("default", id);
  }

  private Session owner(PeerAddress id) {
    Session session = new Session();
    owns(session, id);
    return session;
  }

  private void owns(Session session, PeerAddress id) {
    onLoop(() -> claims.claim(session, Claim.of(id)));
    Registration registration =
        localRegistry.registrations().filter(
            each -> each.recipient() == session && each.address().equals(id)).findAny()
            .orElseThrow();
    answered();
    onLoop(() -> localRegistry.granted(registration, false, 0));
    session.got.clear();
  }

  private void sends(Session session, PeerAddress from, String text) {
    Signal signal =
        new Signal(
            SignalKind.OFFER, from, address("dora"), "test", "OFFER", Bytes.utf8(text), 0);
    onLoop(() -> localRegistry.send(session, signal, Duration.ZERO));
  }

  private void givesUp(Session session, PeerAddress id) {
    onLoop(
        () -> localRegistry.release(
            session, id,
            registration -> pipeline.submit(
                new ReleaseCommand(id, registration.number()), PendingCommand.ignored(),
                Bound.UNLIMITED)));
  }

  private void nodeEpochEnds() {
    onLoop(
        () -> {
          pipeline.end();
          localRegistry.endPastEpochs();
        });
  }

  private void nodeEpochBegins() {
    onLoop(
        () -> {
          pipeline.begin(new NodeEpoch("node", ++epochs));
          claims.claimAgain(false);
          pipeline.connect(link, new NoFailures());
        });
  }

  private static Undelivered refused(PeerAddress from) {
    return new Undelivered(
        from, address("dora"), SignalKind.OFFER, 0, Undelivered.Cause.UNAVAILABLE);
  }

  private double countedAsRefused() {
    return registry.get("parley.signals.undelivered").tag("cause", "unavailable").counter()
        .count();
  }

  @BeforeEach
  void start() {
    nodeEpochBegins();
  }

  @AfterEach
  void close() {
    result(vertx.close());
  }

  // ---- order of commands

  @Test
  void givenMoreIdsThanABatchHolds_whenTheyAreClaimedAgain_thenNoOtherCommandIsSentBeforeAllAreAnswered() {
    List<Session> others =
        IntStream.range(0, 300).mapToObj(i -> owner(address("other" + i))).toList();
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    nodeEpochEnds();
    sends(pia, PIA, "of pia, without an epoch");
    sends(ada, ADA, "1");

    nodeEpochBegins();
    sends(pia, PIA, "of pia, before her claim is answered");
    sends(ada, ADA, "2");
    onLoop(
        () -> {
          pipeline.submit(
              new RefreshCommand(), PendingCommand.ignored(), Priority.FIRST);
          pipeline.pump();
        });
    final List<String> first = piggybacked();
    answered("pia");
    sends(ada, ADA, "3");
    final List<String> second = piggybacked();
    answered("pia");

    assertThat(first).hasSize(256).allMatch(order -> order.startsWith("claim "));
    assertThat(second).hasSize(47).startsWith("refresh");
    assertThat(second.subList(1, 47)).allMatch(order -> order.startsWith("claim "));
    assertThat(piggybacked()).containsExactly("send 1", "send 2", "send 3");
    assertThat(pia.got)
        .containsExactly(new IdLost(PIA, IdLost.Reason.TAKEN), refused(PIA), refused(PIA));
    assertThat(countedAsRefused()).isEqualTo(2);
    assertThat(ada.got).isEmpty();
    assertThat(others).allMatch(each -> each.got.isEmpty());
  }

  @Test
  void givenAnIdThatIsLost_whenItsSessionSendsBeforeItIsNotified_thenThatIsNotSent() {
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    nodeEpochEnds();
    nodeEpochBegins();
    answered("pia");

    sends(pia, PIA, "of pia");
    sends(ada, ADA, "of ada");

    assertThat(piggybacked()).containsExactly("send of ada");
    assertThat(pia.got)
        .containsExactly(new IdLost(PIA, IdLost.Reason.TAKEN), refused(PIA));
  }

  @Test
  void givenAnIdThatIsGivenUpWhileTheNodeHasNoEpoch_whenItIsBack_thenNothingIsSentFromThere() {
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    nodeEpochEnds();
    sends(pia, PIA, "of pia");
    givesUp(pia, PIA);
    sends(ada, ADA, "of ada");

    nodeEpochBegins();
    assertThat(piggybacked()).containsExactly("claim ada k");
    answered();

    assertThat(piggybacked()).containsExactly("release pia", "send of ada");
    assertThat(pia.got).containsExactly(refused(PIA));
  }

  @Test
  void givenAnIdThatIsGivenUpWhileItIsClaimedAgain_whenItWasStillOurs_thenEarlierSignalsAreSent() {
    Session pia = owner(PIA);
    nodeEpochEnds();
    nodeEpochBegins();
    sends(pia, PIA, "the last word");
    givesUp(pia, PIA);

    answered();

    assertThat(piggybacked()).containsExactly("send the last word", "release pia");
    assertThat(pia.got).isEmpty();
  }

  @Test
  void givenAnIdThatIsGivenUpWhileItIsClaimedAgain_whenItWasLost_thenEarlierSignalsAreNotSent() {
    Session pia = owner(PIA);
    nodeEpochEnds();
    nodeEpochBegins();
    sends(pia, PIA, "the last word");
    givesUp(pia, PIA);

    answered("pia");

    assertThat(piggybacked()).containsExactly("release pia");
    assertThat(pia.got).containsExactly(refused(PIA));
  }

  @Test
  void givenAnIdThatTheNodeTakesFromItsSession_whenThatStillSends_thenThatIsNotSent() {
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    nodeEpochEnds();
    sends(pia, PIA, "1");
    onLoop(
        () -> localRegistry.revoke(
            localRegistry.registrations().filter(each -> each.address().equals(PIA)).findAny()
                .orElseThrow(),
            IdLost.Reason.GROUPS_LOST));
    nodeEpochBegins();
    answered();
    sends(ada, ADA, "of ada");

    sends(pia, PIA, "2");
    answered();

    assertThat(calls.stream().flatMap(call -> call.orders().stream()))
        .doesNotContain("send 1", "send 2").contains("send of ada");
    assertThat(pia.got).containsExactly(
        new IdLost(PIA, IdLost.Reason.GROUPS_LOST), refused(PIA), refused(PIA));
  }

  @Test
  void givenASessionThatHasLostOneOfItsIds_whenItSendsFromAnother_thenThatIsSent() {
    Session session = owner(PIA);
    owns(session, ADA);
    nodeEpochEnds();
    nodeEpochBegins();
    answered("pia");

    sends(session, PIA, "lost");
    sends(session, ADA, "kept");

    assertThat(piggybacked()).containsExactly("send kept");
  }

  @Test
  void givenASessionThatGetsALostIdAgain_whenItSends_thenThatIsSent() {
    Session pia = owner(PIA);
    nodeEpochEnds();
    nodeEpochBegins();
    answered("pia");
    owns(pia, PIA);

    sends(pia, PIA, "hello again");

    assertThat(piggybacked()).containsExactly("send hello again");
    assertThat(pia.got).isEmpty();
  }

  @Test
  void givenASessionThatFails_whenResultsAreHandled_thenAllOthersAreNotifiedAndThePipelineContinues() {
    Session first = owner(address("first"));
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    nodeEpochEnds();
    first.fails = true;
    nodeEpochBegins();
    sends(ada, ADA, "of ada");

    answered("first", "pia");

    assertThat(pia.got).containsExactly(new IdLost(PIA, IdLost.Reason.TAKEN));
    assertThat(piggybacked()).containsExactly("send of ada");
  }

  // ---- a single id

  @Test
  void givenAnIdThatHasNoOwnerInRedis_whenItIsClaimedAgain_thenNothingIsSentBeforeThatIsAnswered() {
    Session pia = owner(PIA);
    Session ada = owner(ADA);
    sends(ada, ADA, "under way");
    sends(pia, PIA, "of pia");
    sends(ada, ADA, "of ada");

    onLoop(
        () -> claims.claimAgain(
            localRegistry.registrations().filter(each -> each.address().equals(PIA)).findAny()
                .orElseThrow()));
    answered();
    final List<String> next = piggybacked();
    answered("pia");

    assertThat(next).containsExactly("claim pia k");
    assertThat(piggybacked()).containsExactly("send of ada");
    assertThat(pia.got)
        .containsExactly(new IdLost(PIA, IdLost.Reason.TAKEN), refused(PIA));
  }
}
