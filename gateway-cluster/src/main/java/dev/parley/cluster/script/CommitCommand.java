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
 * Carries out a command of groups; see commit.lua.
 *
 * @param realm whose groups
 * @param standing who may do it
 * @param command its number, by which the node knows whom to answer; null for nobody
 * @param reads what was read
 * @param sets fields that hold something from now on
 * @param removals fields that go
 * @param counts what is counted
 * @param deadlines what becomes of deadlines
 * @param notices what is said, in order
 */
public record CommitCommand(
    String realm, Standing standing, @Nullable Long command, List<Read> reads, List<Set> sets,
    List<Removal> removals, List<Count> counts, List<Deadline> deadlines, List<Notice> notices)
    implements Command<CommitCommand.Outcome> {

  /** A version that fits all. */
  public static final String ANY = "*";

  /** Who may do it. */
  public sealed interface Standing {

    /** Whoever asks. */
    record Anybody() implements Standing {}

    /**
     * The owner of a user.
     *
     * @param user the last part of the name of the user's record
     * @param owner seat and registration
     */
    record Owner(String user, PeerAddress address, String owner) implements Standing {}

    /** The owner of an id, who becomes that of the user. */
    record Arriving(String user, PeerAddress address, long registration) implements Standing {}

    /** The owner of a user, which is gone afterwards. */
    record Departing(String user, PeerAddress address, String owner) implements Standing {}

    /** Whoever asks, as the seat of the user's owner is over; the user is gone afterwards. */
    record Orphan(String user, PeerAddress address, String seat) implements Standing {}
  }

  /** A record that was read. */
  public record Read(String record, String version) {}

  /** A field that holds something from now on. */
  public record Set(String record, String field, Bytes content) {}

  /** A field that goes. */
  public record Removal(String record, String field) {}

  /**
   * A counter that changes, whatever it is at now.
   *
   * @param read which record of those read, from 0
   * @param most how far it may rise
   */
  public record Count(int read, String field, long by, long most) {}

  /** What becomes of a deadline. */
  public sealed interface Deadline {

    /** It is set. */
    record Put(String record, long millis, String what) implements Deadline {}

    /** It is forgotten. */
    record Clear(String record) implements Deadline {}

    /** It is forgotten if it is for this. */
    record Met(String record, String what) implements Deadline {}
  }

  /** What is said. */
  public sealed interface Notice {

    /** The command is answered. */
    record Answer() implements Notice {}

    /**
     * Users are told.
     *
     * @param users the last parts of the names of their records
     * @param event what, packed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never written to
    record Tell(List<String> users, byte[] event) implements Notice {}
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** It is done; every record that was changed has this version. */
    record Committed(String version) implements Outcome {}

    /** Nothing was done, because of the standing. */
    record NoStanding() implements Outcome {}

    /** Nothing was done, because it would grow and Redis is out of memory. */
    record OutOfMemory() implements Outcome {}

    /**
     * Nothing was done, because records have changed.
     *
     * @param fresh what they are now, by their place among those read, from 0
     * @param unread those that have changed and are to be loaded
     */
    record Stale(Map<Integer, RawRecord> fresh, List<Integer> unread) implements Outcome {

      /** Records of which all is known. */
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
    words.addAll(words(standing));
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
    words.add(notices.size());
    notices.forEach(each -> words.addAll(words(each)));
    return words;
  }

  private static List<Object> words(Standing standing) {
    return switch (standing) {
      case Standing.Anybody anybody -> List.of("", "", "-", "");
      case Standing.Owner(String user, PeerAddress address, String owner) ->
          List.of(user, address, "c", owner);
      case Standing.Arriving(String user, PeerAddress address, long registration) ->
          List.of(user, address, "a", registration);
      case Standing.Departing(String user, PeerAddress address, String owner) ->
          List.of(user, address, "d", owner);
      case Standing.Orphan(String user, PeerAddress address, String seat) ->
          List.of(user, address, "o", seat);
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

  private static List<Object> words(Notice notice) {
    return switch (notice) {
      case Notice.Answer answer -> List.of("r");
      case Notice.Tell(List<String> users, byte[] event) -> {
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
      return new Outcome.NoStanding();
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
    for (Notice notice : notices) {
      size += 16;
      if (notice instanceof Notice.Tell(List<String> users, byte[] event)) {
        size += event.length;
        for (String user : users) {
          size += 16 + user.length();
        }
      }
    }
    return size;
  }

  /** Keeps what users say out of logs. */
  @Override
  public String toString() {
    return "CommitCommand[" + realm + ", " + standing + ", " + command + "]";
  }
}
