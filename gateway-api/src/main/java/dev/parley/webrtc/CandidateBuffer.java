package dev.parley.webrtc;

import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Reserve;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds what peers of other dialects say before the offer or answer that it belongs to: candidates,
 * their end, and requests to offer again. Clients that announce candidates before they send their
 * description are in their right, and clients of their own dialect keep such candidates; clients of
 * other dialects may lose them, or take them for something else. So the session that receives them
 * holds them here, and says them right behind the description, in the order in which they came.
 *
 * <p>What is held belongs to a description of the same peer if the two agree in:
 *
 * <ul>
 *   <li>the conversation, if the candidate says which. Its sender's session may have taken it for a
 *       part of an earlier one, if its client has no keys: then what counts is that its username
 *       fragment is one of the description's. So it does if the description has no key.
 *   <li>the username fragment, if both name one. So what is left of an earlier connection is never
 *       taken for a part of the next.
 * </ul>
 *
 * <p>The buffer is bounded, see {@link Bounds}. A signal that finds no room is dropped: its sender
 * does not wait for anything. So is one whose description does not come in time, or whose peer
 * leaves. {@link Owner#dropped} counts those that had been held before.
 *
 * <p>Event loop of the session only.
 */
public final class CandidateBuffer {

  /**
   * How much is held.
   *
   * @param perPeer how many signals of one peer
   * @param bytesPerPeer how many bytes they may have, see {@link Signal#weight}
   * @param perSession how many signals of all peers together
   * @param bytesPerSession how many bytes they may have
   * @param patience how long one is held at least; at most twice as long
   */
  public record Bounds(
      int perPeer, int bytesPerPeer, int perSession, int bytesPerSession, Duration patience) {

    /**
     * A browser with many networks has some tens of candidates, of about 300 bytes each with what
     * is around them.
     */
    public static final Bounds DEFAULT =
        new Bounds(128, 64 * 1024, 1024, 256 * 1024, Duration.ofSeconds(30));
  }

  /** The session that the buffer belongs to. */
  public interface Owner {

    /** Runs {@code task} later, see {@link Connection#after}. */
    Connection.Timer after(Duration delay, Runnable task);

    /**
     * A signal that was held is given up; it has no payload any more. The owner counts it ({@link
     * dev.parley.dialect.Switchboard#drop}), and may look whether it still has to {@linkplain #holds
     * watch} the sender.
     */
    void dropped(Signal signal);
  }

  private final Owner owner;
  private final Reserve reserve;
  private final Bounds bounds;
  private final Map<PeerAddress, Queue> queues = new LinkedHashMap<>(4);
  private int held;
  private int bytes;
  private long round;
  private Connection.@Nullable Timer expiry;

  /** What one peer has said, in order. */
  private static final class Queue {
    private final List<Held> all = new ArrayList<>(4);
    private int bytes;
  }

  /**
   * One signal.
   *
   * @param round when it came, counted in expiries
   */
  private record Held(ForeignSignal signal, int weight, long round) {

    boolean isOf(@Nullable String conversation) {
      return Objects.equals(signal.conversation(), conversation);
    }

    boolean belongsTo(@Nullable String conversation, UsernameFragments fragments) {
      @Nullable String own = signal.conversation();
      if (own == null || own.equals(conversation)) {
        return fragments.fit(signal.content());
      }
      return (conversation == null || isKeyOfSession()) && fragments.prove(signal.content());
    }

    /** Whether the key is what the sender's session takes it to belong to, not its client's own. */
    private boolean isKeyOfSession() {
      return Objects.equals(signal.conversation(), signal.signal().conversation());
    }
  }

  /**
   * @param reserve the node's memory for what is held, see {@link
   *     dev.parley.dialect.Switchboard#reserve}
   */
  public CandidateBuffer(Owner owner, Reserve reserve) {
    this(owner, reserve, Bounds.DEFAULT);
  }

  public CandidateBuffer(Owner owner, Reserve reserve, Bounds bounds) {
    this.owner = owner;
    this.reserve = reserve;
    this.bounds = bounds;
  }

  /**
   * Holds a signal.
   *
   * @return {@link Reception#HELD}, or {@link Reception#DROPPED} if there is no room
   */
  public Reception hold(ForeignSignal signal) {
    int weight = signal.signal().weight();
    @Nullable Queue queue = queues.get(signal.from());
    if (isFull(queue, weight) || !reserve.take(weight)) {
      return Reception.DROPPED;
    }
    if (queue == null) {
      queue = new Queue();
      queues.put(signal.from(), queue);
    }
    queue.all.add(new Held(signal.detached(), weight, round));
    queue.bytes += weight;
    held++;
    bytes += weight;
    if (expiry == null) {
      expiry = owner.after(bounds.patience(), this::expire);
    }
    return Reception.HELD;
  }

  private boolean isFull(@Nullable Queue queue, int weight) {
    int ofPeer = queue == null ? 0 : queue.all.size();
    int bytesOfPeer = queue == null ? 0 : queue.bytes;
    return ofPeer >= bounds.perPeer()
        || weight > bounds.bytesPerPeer() - bytesOfPeer
        || held >= bounds.perSession()
        || weight > bounds.bytesPerSession() - bytes;
  }

  /**
   * A description has been passed on: takes out what belongs to it, in order. The owner says it,
   * and has it counted ({@link dev.parley.dialect.Switchboard#delivered}).
   *
   * @param conversation the key that the description came with; null if it came with none
   */
  public List<ForeignSignal> take(
      PeerAddress from, @Nullable String conversation, Sdp description) {
    if (!holds(from)) {
      return List.of();
    }
    UsernameFragments fragments = UsernameFragments.of(description);
    return remove(from, each -> each.belongsTo(conversation, fragments));
  }

  /** A description is not passed on: drops what {@link #take} would have taken. */
  public void refuse(PeerAddress from, @Nullable String conversation, Sdp description) {
    take(from, conversation, description).forEach(each -> owner.dropped(each.signal()));
  }

  /**
   * A conversation is over, or will not begin: drops what is held of it.
   *
   * @param conversation its key; null for all that the peer has said
   */
  public void end(PeerAddress from, @Nullable String conversation) {
    drop(from, each -> conversation == null || each.isOf(conversation));
  }

  /** A peer has left: drops all that it has said. */
  public void forget(PeerAddress from) {
    end(from, null);
  }

  /** The session is over, or its client is another peer from now on: drops everything. */
  public void clear() {
    List.copyOf(queues.keySet()).forEach(this::forget);
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
  }

  /** Whether something of a peer is held: the owner has to know then when it leaves. */
  public boolean holds(PeerAddress from) {
    return queues.containsKey(from);
  }

  /** Whether something of a conversation is held; what comes next of it must not overtake that. */
  public boolean holds(PeerAddress from, @Nullable String conversation) {
    @Nullable Queue queue = queues.get(from);
    return queue != null && queue.all.stream().anyMatch(each -> each.isOf(conversation));
  }

  private void expire() {
    expiry = null;
    long oldest = round++;
    for (PeerAddress each : List.copyOf(queues.keySet())) {
      drop(each, signal -> signal.round < oldest);
    }
    if (held > 0 && expiry == null) {
      expiry = owner.after(bounds.patience(), this::expire);
    }
  }

  private void drop(PeerAddress from, Predicate<Held> unwanted) {
    remove(from, unwanted).forEach(each -> owner.dropped(each.signal()));
  }

  private List<ForeignSignal> remove(PeerAddress from, Predicate<Held> wanted) {
    @Nullable Queue queue = queues.get(from);
    if (queue == null) {
      return List.of();
    }
    List<ForeignSignal> removed = new ArrayList<>();
    for (Iterator<Held> each = queue.all.iterator(); each.hasNext();) {
      Held next = each.next();
      if (wanted.test(next)) {
        each.remove();
        queue.bytes -= next.weight;
        bytes -= next.weight;
        reserve.giveBack(next.weight);
        held--;
        removed.add(next.signal);
      }
    }
    if (queue.all.isEmpty()) {
      queues.remove(from);
    }
    return removed;
  }
}
