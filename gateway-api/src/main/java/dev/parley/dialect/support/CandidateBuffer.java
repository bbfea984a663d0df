package dev.parley.dialect.support;

import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Reserve;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
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
 * Holds signals of peers of other dialects that precede the offer or answer they belong to:
 * candidates, their end, and requests to offer again. Clients may announce candidates before they
 * send their description, and clients of their own dialect keep such candidates; clients of other
 * dialects may lose them, or take them for something else. So the receiving session holds them
 * here, and sends them right behind the description, in order of arrival.
 *
 * <p>A held signal belongs to a description of the same peer if the two agree in:
 *
 * <ul>
 * <li>the conversation, if the candidate names one. If its client has no keys, its sender's session
 * may have assigned it to an earlier one: then a username fragment of the description decides. It
 * also decides if the description has no key.
 * <li>the username fragment, if both name one. So leftovers of an earlier connection are never
 * taken for a part of the next.
 * </ul>
 *
 * <p>The buffer is bounded, see {@link Bounds}. A signal above a bound is dropped: its sender does
 * not wait for a reaction. So is one whose description does not come in time, or whose peer leaves.
 * {@link Owner#dropped} counts those that had been held before.
 *
 * <p>Confined to the event loop of the session.
 */
public final class CandidateBuffer {

  /**
   * Bounds of the buffer.
   *
   * @param perPeer signals of one peer
   * @param bytesPerPeer bytes of one peer, see {@link Signal#weight}
   * @param perSession signals of all peers together
   * @param bytesPerSession bytes of all peers together
   * @param patience how long a signal is held at least; at most twice as long
   */
  public record Bounds(
      int perPeer, int bytesPerPeer, int perSession, int bytesPerSession, Duration patience) {

    /**
     * A browser with many networks has some tens of candidates, of about 300 bytes each including
     * overhead.
     */
    public static final Bounds DEFAULT =
        new Bounds(128, 64 * 1024, 1024, 256 * 1024, Duration.ofSeconds(30));
  }

  /** The session that the buffer belongs to. */
  public interface Owner {

    /** Runs {@code task} later, see {@link Connection#after}. */
    Connection.Timer after(Duration delay, Runnable task);

    /**
     * A held signal is given up; it has no payload any more. The listener counts it ({@link
     * dev.parley.dialect.Switchboard#drop}), and may check whether it still has to {@linkplain
     * #holds watch} the sender.
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

  /** The held signals of one peer, in order. */
  private static final class Queue {
    private final List<Held> all = new ArrayList<>(4);
    private int bytes;
  }

  /**
   * A held signal.
   *
   * @param round its time of arrival, counted in expiry rounds
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

    /** Whether the key was assigned by the sender's session, not by its client. */
    private boolean isKeyOfSession() {
      return Objects.equals(signal.conversation(), signal.signal().conversation());
    }
  }

  /**
   * @param reserve the node's memory budget for held signals, see {@link
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
   * @return {@link ForeignOutcome#HELD}, or {@link ForeignOutcome#DROPPED} at a bound
   */
  public ForeignOutcome hold(ForeignSignal signal) {
    int weight = signal.signal().weight();
    @Nullable Queue queue = queues.get(signal.from());
    if (isFull(queue, weight) || !reserve.take(weight)) {
      return ForeignOutcome.DROPPED;
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
    return ForeignOutcome.HELD;
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
   * A description has been passed on: removes and returns the signals that belong to it, in order.
   * The caller sends them and counts them ({@link dev.parley.dialect.Switchboard#delivered}).
   *
   * @param conversation the key of the description; null if it has none
   */
  public List<ForeignSignal> take(
      PeerAddress from, @Nullable String conversation, Sdp description) {
    if (!holds(from)) {
      return List.of();
    }
    UsernameFragments fragments = UsernameFragments.of(description);
    return remove(from, each -> each.belongsTo(conversation, fragments));
  }

  /** A description is not passed on: drops what {@link #take} would have returned. */
  public void refuse(PeerAddress from, @Nullable String conversation, Sdp description) {
    take(from, conversation, description).forEach(each -> owner.dropped(each.signal()));
  }

  /**
   * A conversation has ended, or will not begin: drops its signals.
   *
   * @param conversation its key; null for all signals of the peer
   */
  public void end(PeerAddress from, @Nullable String conversation) {
    drop(from, each -> conversation == null || each.isOf(conversation));
  }

  /** A peer has left: drops its signals. */
  public void forget(PeerAddress from) {
    end(from, null);
  }

  /** The session has ended, or its client has become another peer: drops everything. */
  public void clear() {
    List.copyOf(queues.keySet()).forEach(this::forget);
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
  }

  /** Whether signals of a peer are held: then the session must watch it. */
  public boolean holds(PeerAddress from) {
    return queues.containsKey(from);
  }

  /** Whether signals of a conversation are held; later ones must not overtake them. */
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
