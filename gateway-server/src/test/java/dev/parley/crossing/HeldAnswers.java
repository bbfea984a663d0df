package dev.parley.crossing;

import dev.parley.group.GroupAnswer;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.UserCommand;
import dev.parley.hub.Groups;
import dev.parley.hub.Recipient;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Groups that can block the event loop of a session, at the moment when all others have received
 * the events of its command, and its own answer is about to follow.
 */
final class HeldAnswers implements Groups {

  private volatile @Nullable Groups real;
  private final Map<Recipient, Recipient> recipients = new ConcurrentHashMap<>();
  private final Map<String, String> loops = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Hold> next = new AtomicReference<>();

  /** Wraps groups. */
  Groups around(Groups groups) {
    real = groups;
    return this;
  }

  private Groups groups() {
    return Objects.requireNonNull(real);
  }

  /** Holds the loop on which an answer is given. */
  static final class Hold implements AutoCloseable {

    private final Class<? extends GroupAnswer> answer;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    private Hold(Class<? extends GroupAnswer> answer) {
      this.answer = answer;
    }

    /** Waits until a loop is held. */
    void isHeld() {
      Waits.await("the held loop", held);
    }

    private void hold() {
      held.countDown();
      Waits.await("the release of the loop", free);
    }

    /** Releases the loop. */
    @Override
    public void close() {
      free.countDown();
    }
  }

  /** The next answer of this kind is held. */
  Hold hold(Class<? extends GroupAnswer> answer) {
    Hold hold = new Hold(answer);
    next.set(hold);
    return hold;
  }

  /** The event loop of a user's session. */
  String loop(String user) {
    return loops.getOrDefault(user, "none");
  }

  @Override
  public void command(Recipient requester, UserCommand command) {
    if (command instanceof Arrive arrive) {
      loops.put(arrive.user().id(), Thread.currentThread().getName());
    }
    groups().command(between(requester), command);
  }

  @Override
  public void depart(Recipient owner, PeerAddress user) {
    groups().depart(between(owner), user);
  }

  @Override
  public Future<Void> close() {
    return groups().close();
  }

  private Recipient between(Recipient recipient) {
    return recipients.computeIfAbsent(recipient, Between::new);
  }

  private final class Between implements Recipient {

    private final Recipient recipient;

    Between(Recipient recipient) {
      this.recipient = recipient;
    }

    @Override
    public String dialect() {
      return recipient.dialect();
    }

    @Override
    public void deliver(Delivery delivery) {
      Hold hold = next.get();
      if (hold != null && hold.answer.isInstance(delivery) && next.compareAndSet(hold, null)) {
        hold.hold();
      }
      recipient.deliver(delivery);
    }
  }
}
