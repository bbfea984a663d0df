package dev.parley.cluster.script;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Commits a command of groups; see commit.lua.
 *
 * @param realm the realm of the groups
 * @param precondition its precondition
 * @param command the number that correlates the answer; null for no answer
 * @param reads the records read
 * @param sets fields to set
 * @param removals fields to remove
 * @param counts counters to change
 * @param deadlines changes of deadlines
 * @param effects effects, in order
 */
public record CommitCommand(
    String realm, Precondition precondition, @Nullable Long command, List<Read> reads,
    List<Set> sets,
    List<Removal> removals, List<Count> counts, List<Deadline> deadlines, List<Effect> effects)
    implements Command<CommitCommand.Outcome> {

  /** A version that matches any other. */
  public static final String ANY = "*";

  /** The precondition of a commit. */
  public sealed interface Precondition {

    /** No precondition. */
    record Anybody() implements Precondition {}

    /**
     * The requester owns the user.
     *
     * @param user the last part of the name of the user's record
     * @param owner epoch and registration
     */
    public record Owner(String user, PeerAddress address, String owner) implements Precondition {}

    /** The requester owns the id, and becomes the owner of the user. */
    record Arriving(String user, PeerAddress address, long registration) implements Precondition {}

    /** The requester owns the user, which is deleted with the commit. */
    record Departing(String user, PeerAddress address, String owner) implements Precondition {}

    /** The epoch of the user's owner is over; the user is deleted with the commit. */
    record Orphan(String user, PeerAddress address, String nodeEpoch) implements Precondition {}
  }

  /** A record that was read. */
  public record Read(String record, String version) {}

  /** A field to set. */
  public record Set(String record, String field, Bytes content) {}

  /** A field to remove. */
  public record Removal(String record, String field) {}

  /**
   * A counter to change, without comparing its value.
   *
   * @param read index of its record among those read, from 0
   * @param most its upper limit
   */
  public record Count(int read, String field, long by, long most) {}

  /** The change of a deadline. */
  public sealed interface Deadline {

    /** Sets it. */
    record Put(String record, long millis, String what) implements Deadline {}

    /** Removes it. */
    record Clear(String record) implements Deadline {}

    /** Removes it if it is for this. */
    record Met(String record, String what) implements Deadline {}
  }

  /** An effect of the commit. */
  public sealed interface Effect {

    /** Answers the command. */
    public record Answer() implements Effect {}

    /**
     * Sends an event to users.
     *
     * @param users the last parts of the names of their records
     * @param event the encoded event
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
    record Tell(List<String> users, byte[] event) implements Effect {}
  }

  /** The outcome of a commit. */
  public sealed interface Outcome {

    /** Committed; every changed record has this version. */
    record Committed(String version) implements Outcome {}

    /** Not committed: the precondition does not hold. */
    record NoPrecondition() implements Outcome {}

    /** Not committed: it needs memory, and Redis has none. */
    record OutOfMemory() implements Outcome {}

    /**
     * Not committed: version conflict.
     *
     * @param fresh the current records, by index among those read, from 0
     * @param unread changed records that are still to be loaded
     */
    record Stale(Map<Integer, RawRecord> fresh, List<Integer> unread) implements Outcome {

      /** A conflict with all current records included. */
      public Stale(Map<Integer, RawRecord> fresh) {
        this(fresh, List.of());
      }
    }
  }

  @Override
  public void write(Request call) {
    List<Object> words = words();
    call.arg("commit").arg(words.size());
    for (Object word : words) {
      if (word instanceof byte[] bytes) {
        call.arg(bytes);
      } else if (word instanceof Bytes(byte[] array, int offset, int length)) {
        call.arg(Buffer.buffer(length).appendBytes(array, offset, length));
      } else {
        call.arg(word.toString());
      }
    }
  }

  private List<Object> words() {
    List<Object> words = new ArrayList<>();
    words.add(realm);
    words.addAll(words(precondition));
    words.add(command == null ? "" : command);
    words.add(reads.size());
    reads.forEach(each -> words.addAll(List.of(each.record, each.version)));
    words.add(sets.size());
    sets.forEach(each -> words.addAll(List.of(each.record, each.field, each.content)));
    words.add(removals.size());
    removals.forEach(each -> words.addAll(List.of(each.record, each.field)));
    words.add(counts.size());
    counts.forEach(
        each -> words.addAll(List.of(each.read + 1, each.field, each.by, each.most)));
    words.add(deadlines.size());
    deadlines.forEach(each -> words.addAll(words(each)));
    words.add(effects.size());
    effects.forEach(each -> words.addAll(words(each)));
    return words;
  }

  private static List<Object> words(Precondition precondition) {
    return switch (precondition) {
      case Precondition.Anybody anybody -> List.of("", "", "-", "");
      case Precondition.Owner(String user, PeerAddress address, String owner) ->
          List.of(user, address, "c", owner);
      case Precondition.Arriving(String user, PeerAddress address, long registration) ->
          List.of(user, address, "a", registration);
      case Precondition.Departing(String user, PeerAddress address, String owner) ->
          List.of(user, address, "d", owner);
      case Precondition.Orphan(String user, PeerAddress address, String nodeEpoch) ->
          List.of(user, address, "o", nodeEpoch);
    };
  }

  private static List<Object> words(Deadline deadline) {
    return switch (deadline) {
      case Deadline.Put(String record, long millis, String what) ->
          List.of(record, "s", millis, what);
      case Deadline.Clear(String record) -> List.of(record, "c");
      case Deadline.Met(String record, String what) -> List.of(record, "x", what);
    };
  }

  private static List<Object> words(Effect effect) {
    return switch (effect) {
      case Effect.Answer answer -> List.of("r");
      case Effect.Tell(List<String> users, byte[] event) -> {
        List<Object> words = new ArrayList<>();
        words.add("t");
        words.add(users.size());
        words.addAll(users);
        words.add(event);
        yield words;
      }
    };
  }

  @Override
  public Outcome read(String result) {
    if (result.startsWith("K ")) {
      return new Outcome.Committed(result.substring(2));
    }
    if (result.startsWith("C ")) {
      Map<Integer, RawRecord> fresh = new TreeMap<>();
      List<Integer> unread = new ArrayList<>();
      for (List<String> each : JsonLists.lists(result.substring(2))) {
        int read = Integer.parseInt(each.getFirst()) - 1;
        if (each.size() == 1) {
          unread.add(read);
        } else {
          fresh.put(read, RawRecord.of(each.subList(1, each.size())));
        }
      }
      return new Outcome.Stale(fresh, unread);
    }
    if (result.equals("N")) {
      return new Outcome.NoPrecondition();
    }
    if (result.equals("M")) {
      return new Outcome.OutOfMemory();
    }
    throw new IllegalArgumentException(result);
  }

  @Override
  public int size() {
    int size = 256 + 64 * (counts.size() + deadlines.size());
    for (Read read : reads) {
      size += 64 + read.record.length();
    }
    for (Removal removal : removals) {
      size += 64 + removal.record.length() + removal.field.length();
    }
    for (Set set : sets) {
      size += 64 + set.record.length() + set.field.length() + set.content.length();
    }
    for (Effect effect : effects) {
      size += 16;
      if (effect instanceof Effect.Tell(List<String> users, byte[] event)) {
        size += event.length;
        for (String user : users) {
          size += 16 + user.length();
        }
      }
    }
    return size;
  }

  /** Keeps user data out of logs. */
  @Override
  public String toString() {
    return "CommitCommand[" + realm + ", " + precondition + ", " + command + "]";
  }
}
