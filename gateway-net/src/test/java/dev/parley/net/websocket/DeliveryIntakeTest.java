package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.RoomEvent;
import dev.parley.signal.Bytes;
import dev.parley.signal.Delivery;
import dev.parley.signal.Reply;
import dev.parley.switchboard.GroupsInFlight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Participants are names here; "!" in the name of a delivery says that groups have said it. */
class DeliveryIntakeTest {

  private static final int VERY_MANY = 10_000;

  private final DeliveryIntake<Name> intake = new DeliveryIntake<>();
  private final Name p = new Name();
  private final Name q = new Name();
  private final List<String> taken = new ArrayList<>();

  private static final class Name extends GroupsInFlight {}

  /** So that a delivery can be told from others. */
  private record Named(String name) implements Runnable {
    @Override
    public void run() {}
  }

  private static Delivery delivery(String name) {
    return name.startsWith("!")
        ? new RoomEvent.Said("room", "from", name, Bytes.EMPTY)
        : new Reply(new Named(name));
  }

  private static String name(Delivery delivery) {
    return switch (delivery) {
      case RoomEvent.Said said -> said.name();
      case Reply(Named(String name)) -> name;
      default -> throw new AssertionError(delivery);
    };
  }

  private boolean fromElsewhere(Name host, String name) {
    return intake.addFromElsewhere(host, delivery(name));
  }

  private void fromHere(Name host, String name) {
    intake.addFromHere(host, delivery(name));
  }

  private void takeOthers(int most) {
    for (int i = 0; i < most; i++) {
      DeliveryIntake.Item<Name> next = intake.next();
      if (next == null) {
        return;
      }
      taken.add(name(next.delivery()));
    }
  }

  private void takeGroups(int most) {
    for (int i = 0; i < most; i++) {
      DeliveryIntake.Item<Name> next = intake.nextOfGroups();
      if (next == null) {
        return;
      }
      taken.add(name(next.delivery()));
    }
  }

  private void takeAll() {
    while (!intake.isEmpty()) {
      intake.openGroups();
      takeOthers(Integer.MAX_VALUE);
      takeGroups(Integer.MAX_VALUE);
    }
  }

  @Test
  void givenVeryManyGroupDeliveries_whenASignalForAnotherSessionHostComes_thenItWaitsForNone() {
    IntStream.range(0, VERY_MANY).forEach(i -> fromElsewhere(p, "!" + i));
    fromElsewhere(q, "signal");

    intake.openGroups();
    takeOthers(2);
    assertThat(taken).containsExactly("signal");

    takeGroups(5);
    fromElsewhere(q, "another");
    takeOthers(1);
    assertThat(taken).hasSize(7).endsWith("another");
  }

  @Test
  void givenVeryManyGroupDeliveriesFromHere_whenASignalFromElsewhereComes_thenItWaitsForFew() {
    IntStream.range(0, VERY_MANY).forEach(i -> fromHere(p, "!" + i));
    fromElsewhere(q, "signal");

    intake.openGroups();
    takeOthers(Integer.MAX_VALUE);

    assertThat(taken).hasSize(DeliveryIntake.FEW + 1).endsWith("signal");
    takeAll();
    assertThat(taken).hasSize(VERY_MANY + 1).endsWith("!" + (VERY_MANY - 1));
  }

  @Test
  void givenAGroupDelivery_whenASignalForTheSameSessionHostComes_thenItWaitsBehind() {
    fromElsewhere(p, "!1");
    fromElsewhere(p, "signal");
    fromHere(p, "here");
    fromElsewhere(p, "!2");

    takeAll();

    assertThat(taken).containsExactly("!1", "signal", "here", "!2");
    fromElsewhere(p, "free again");
    takeOthers(1);
    assertThat(taken).endsWith("free again");
  }

  @Test
  void givenSignalsThatKeepComing_whenGroupsHaveSomethingToSay_thenItWaitsForTheFormerOnesAlone() {
    fromElsewhere(p, "a");
    fromElsewhere(p, "b");
    fromElsewhere(p, "!1");
    intake.openGroups();
    fromElsewhere(q, "c");
    fromElsewhere(q, "d");

    takeOthers(1);
    takeGroups(1);
    assertThat(taken).containsExactly("a");

    takeOthers(2);
    takeGroups(1);
    assertThat(taken).containsExactly("a", "b", "c", "!1");
  }

  @Test
  void givenABatchThatIsBeingTaken_whenMoreHasCome_thenSignalsOfBetweenComeFirst() {
    fromElsewhere(p, "!1");
    intake.openGroups();
    takeOthers(1);
    fromElsewhere(q, "before");
    fromElsewhere(q, "!2");

    takeGroups(5);
    assertThat(taken).containsExactly("!1");
    assertThat(intake.isEmpty()).isFalse();

    takeAll();
    assertThat(taken).containsExactly("!1", "before", "!2");
  }

  @Test
  void givenALoopThatIsAwake_whenMoreComes_thenItIsWokenOnceForEachKind() {
    assertThat(fromElsewhere(p, "!1")).isTrue();
    assertThat(fromElsewhere(p, "!2")).isFalse();
    assertThat(fromElsewhere(q, "signal")).isTrue();
    assertThat(fromElsewhere(q, "signal")).isFalse();

    intake.awake();
    assertThat(fromElsewhere(q, "signal")).isTrue();
    assertThat(fromElsewhere(p, "!3")).isFalse();

    intake.openGroups();
    assertThat(fromElsewhere(p, "!4")).isTrue();
  }

  @Test
  void givenABatchThatIsNotTaken_whenTimeGoesBy_thenItsDelayGrows() {
    assertThat(intake.delayNanos(System.nanoTime())).isZero();
    fromElsewhere(p, "!1");
    intake.openGroups();
    long now = System.nanoTime();

    assertThat(intake.delayNanos(now + 5) - intake.delayNanos(now)).isEqualTo(5);
    takeAll();
    assertThat(intake.delayNanos(System.nanoTime())).isZero();
  }

  /** Whatever way each delivery takes: those of one thread for one session host stay in order. */
  @Test
  void givenThreadsAndTheLoopThatHandOver_whenAllIsTaken_thenNothingOvertakesAnything()
      throws InterruptedException {
    record Sent(int thread, int number) implements Runnable {
      @Override
      public void run() {}
    }
    int threads = 3;
    int each = 20_000;
    Name[] hosts = {p, q, new Name()};
    AtomicInteger running = new AtomicInteger(threads);
    List<Thread> all = IntStream.range(0, threads).mapToObj(thread -> new Thread(() -> {
      Random random = new Random(thread);
      for (int i = 0; i < each; i++) {
        Delivery next = random.nextInt(3) == 0
            ? new RoomEvent.Said("room", "" + thread, "" + i, Bytes.EMPTY)
            : new Reply(new Sent(thread, i));
        var unused = intake.addFromElsewhere(hosts[random.nextInt(3)], next);
      }
      running.decrementAndGet();
    })).toList();
    all.forEach(Thread::start);

    Map<Name, int[]> last = new HashMap<>();
    int count = 0;
    Random random = new Random(99);
    int fromHere = 0;
    while (count < threads * each + fromHere || running.get() > 0) {
      if (fromHere < each) {
        Delivery next = random.nextBoolean()
            ? new RoomEvent.Said("room", "" + threads, "" + fromHere, Bytes.EMPTY)
            : new Reply(new Sent(threads, fromHere));
        intake.addFromHere(hosts[random.nextInt(3)], next);
        fromHere++;
      }
      if (random.nextBoolean()) {
        intake.openGroups();
      }
      int most = random.nextInt(100);
      for (int i = 0; i < most; i++) {
        DeliveryIntake.Item<Name> item = i < most / 2 ? intake.next() : intake.nextOfGroups();
        if (item == null) {
          continue;
        }
        count++;
        int[] lastOf =
            last.computeIfAbsent(item.host(), absent -> new int[] {-1, -1, -1, -1});
        Sent sent = switch (item.delivery()) {
          case RoomEvent.Said said ->
              new Sent(Integer.parseInt(said.from()), Integer.parseInt(said.name()));
          case Reply(Sent other) -> other;
          default -> throw new AssertionError(item);
        };
        assertThat(sent.number()).isGreaterThan(lastOf[sent.thread()]);
        lastOf[sent.thread()] = sent.number();
      }
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(intake.isEmpty()).isTrue();
    for (Name host : hosts) {
      assertThat(host.areQueued()).isFalse();
    }
  }
}
