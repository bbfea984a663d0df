package dev.parley.group.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupLimits;
import dev.parley.group.PeerChange;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomEvent;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user that is in so many big rooms that its end would hold an event loop up. */
class BigDepartureTest {

  private static final int MEMBERS = 150;
  private static final int ROOMS = 40;
  private static final Bytes NOTHING = Bytes.utf8("{}");

  private final Vertx vertx = Vertx.vertx();
  private final LocalGroups groups = new LocalGroups(vertx, GroupLimits.DEFAULT);
  private final AtomicInteger told = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(MEMBERS * ROOMS);
  private final List<Member> members =
      IntStream.range(0, MEMBERS).mapToObj(i -> new Member("m" + i)).toList();
  private final Member goes = new Member("goes");

  /** Notes from which rooms it hears that a user has gone. */
  private final class Member implements Recipient {

    private final PeerAddress address;
    private final List<String> gone = Collections.synchronizedList(new ArrayList<>());
    private final List<Delivery> answers = Collections.synchronizedList(new ArrayList<>());

    Member(String id) {
      this.address = new PeerAddress(PeerAddress.DEFAULT_REALM, id);
    }

    @Override
    public String dialect() {
      return "calling";
    }

    @Override
    public void deliver(Delivery delivery) {
      if (delivery instanceof RoomEvent.PeerNews(String room, PeerChange.Removed removed)) {
        gone.add(room);
        told.incrementAndGet();
        all.countDown();
      } else if (delivery instanceof GroupAnswer) {
        answers.add(delivery);
      }
    }

    void arrives() {
      groups.command(this, new Arrive(address, NOTHING));
    }

    void joins(int room) {
      groups.command(this, new Join(address, "room" + room, NOTHING, Duration.ZERO));
    }
  }

  @BeforeEach
  void fillRooms() {
    members.forEach(Member::arrives);
    goes.arrives();
    for (int i = 0; i < ROOMS; i++) {
      for (Member each : members) {
        each.joins(i);
      }
      goes.joins(i);
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    vertx.close().onComplete(done -> closed.countDown());
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private List<String> roomsInOrder() {
    return IntStream.range(0, ROOMS).mapToObj(i -> "room" + i).toList();
  }

  @Test
  void givenAUserInManyBigRooms_whenItGoes_thenThatIsNotDoneAtOnceButAllAreToldInOrder()
      throws InterruptedException {
    AtomicInteger atOnce = new AtomicInteger(Integer.MAX_VALUE);
    CountDownLatch left = new CountDownLatch(1);

    vertx.getOrCreateContext().runOnContext(any -> {
      groups.depart(goes, goes.address);
      atOnce.set(told.get());
      left.countDown();
    });

    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(atOnce.get()).isLessThanOrEqualTo(LocalRealm.MAX_DELIVERIES_AT_ONCE);
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(members)
        .allSatisfy(each -> assertThat(each.gone).containsExactlyElementsOf(roomsInOrder()));
    assertThat(goes.gone).isEmpty();
  }

  @Test
  void givenAUserThatIsStillGoing_whenItComesBack_thenItIsOutOfAllRoomsFirst() {
    groups.depart(goes, goes.address);
    Member back = new Member("goes");

    back.arrives();

    assertThat(told).hasValue(MEMBERS * ROOMS);
    assertThat(back.answers).singleElement().isInstanceOf(GroupAnswer.Done.class);
    back.joins(0);
    assertThat(back.answers).element(1).isInstanceOf(GroupAnswer.Joined.class);
  }

  @Test
  void givenAUserInFewRooms_whenItGoes_thenThatIsDoneAtOnce() {
    Member small = new Member("small");
    small.arrives();
    small.joins(0);

    groups.depart(small, small.address);

    assertThat(told).hasValue(MEMBERS + 1);
  }
}
