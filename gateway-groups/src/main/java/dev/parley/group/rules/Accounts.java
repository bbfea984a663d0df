package dev.parley.group.rules;

import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand;
import dev.parley.group.Refusal;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.ShownBytes;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Value.Json;
import dev.parley.group.rules.Value.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounting of an evaluation, run when all its changes are known: updates the counters of the
 * realm's bytes, of the user's statuses, and of what rooms and namespaces show. So every change is
 * counted, whichever rule has made it, and a command that would exceed a bound is refused before
 * anything is committed.
 */
final class Accounts {

  /** Up to this fraction of the bound on a view, a change counts as small. */
  private static final int SMALL_PART_OF_VIEW = 1024;

  /** Up to this fraction of a user's byte limit, its bytes in the realm count as small. */
  private static final int SMALL_PART_OF_USER = 128;

  /** Up to this fraction of its bound, a room's status counts as small. */
  private static final int SMALL_PART_OF_STATUS = 16;

  private final EvaluationContext turn;
  private final GroupCommand command;
  private final RecordOverlay overlay;
  private @Nullable Rooms former;

  Accounts(EvaluationContext turn, GroupCommand command) {
    this.turn = turn;
    this.command = command;
    this.overlay = turn.overlay();
  }

  /** Updates all counters; returns the reason to refuse the command, or null. */
  @Nullable
  Refusal settle() {
    if (turn.effects().isRefused()) {
      return null;
    }
    if (isBounded(command) && turn.effects().output() > turn.limits().fanOut().bytes()) {
      return tooMuch();
    }
    if (overlay.isUnchanged()) {
      return null;
    }
    Refusal refusal = settleViews();
    if (refusal == null) {
      settleUsers();
      refusal = settleRealm();
    }
    return refusal;
  }

  /** Whether byte limits apply to a command: not to those that only give something up. */
  static boolean isBounded(GroupCommand command) {
    return switch (command) {
      case Leave leave -> false;
      case SetRoomStatus set -> set.value() != null;
      case Unsubscribe unsubscribe -> false;
      case UnregisterUser unregister -> false;
      case UnregisterRoom unregister -> false;
      case Cancel cancel -> false;
      case Deny deny -> false;
      case Lose lose -> false;
      case Remove remove -> false;
      case UserCommand other -> true;
      case GroupCommand other -> false;
    };
  }

  /** The refusal of a command that would show too much. */
  private Refusal tooMuch() {
    return switch (command) {
      case Join join -> Refusal.ROOM_FULL;
      case Invite invite -> Refusal.ROOM_FULL;
      case Bring bring -> Refusal.ROOM_FULL;
      case TakeCall call -> Refusal.ROOM_FULL;
      case RegisterUser register -> Refusal.NAMESPACE_FULL;
      case RegisterRoom register -> Refusal.NAMESPACE_FULL;
      case Subscribe subscribe -> Refusal.NAMESPACE_FULL;
      case GroupCommand other -> Refusal.STATUS_TOO_BIG;
    };
  }

  // ---- views of rooms and namespaces

  private @Nullable Refusal settleViews() {
    Set<String> rooms = new LinkedHashSet<>();
    Map<String, Long> shown = new LinkedHashMap<>();
    long biggest = 0;
    for (RecordOverlay.Entry entry : overlay.entries()) {
      Change change = entry.change();
      long now = shown(change, change.value());
      biggest = Math.max(biggest, now);
      if (change.key().kind() == RecordKind.ROOM) {
        rooms.add(change.key().id());
      } else if (change.part() == FieldGroup.REGISTERED_USER) {
        shown.merge(change.key().id(), now - shown(change, entry.before()), Long::sum);
      }
    }
    for (String room : rooms) {
      if (isBounded(command) && !fits(room, isSmall(biggest))) {
        return tooMuch();
      }
    }
    for (String room : rooms) {
      biggest = Math.max(biggest, settleListings(room, shown));
    }
    for (Map.Entry<String, Long> each : shown.entrySet()) {
      if (!settleNamespace(each.getKey(), each.getValue(), rooms, isSmall(biggest))) {
        return tooMuch();
      }
    }
    return null;
  }

  /** Rooms as they were before the command. */
  private Rooms former() {
    Rooms known = former;
    if (known == null) {
      known = new Rooms(overlay.before(), turn.realm());
      former = known;
    }
    return known;
  }

  private boolean isSmall(long bytes) {
    return bytes <= turn.limits().view().bytes() / SMALL_PART_OF_VIEW;
  }

  /** The shown size in bytes of a field of a room or a namespace. */
  private static long shown(Change change, @Nullable Value value) {
    return switch (value) {
      case Member member -> ShownBytes.user(change.name(), member.shown());
      case Value.Foreign foreign ->
          ShownBytes.foreign(change.key().id(), change.name(), foreign.dialect());
      case Json json when change.part() == FieldGroup.STATUS ->
          ShownBytes.key(change.name(), json.json());
      case Json json -> ShownBytes.user(change.name(), json.json());
      case null, default -> 0;
    };
  }

  private boolean fits(String room, boolean isSmall) {
    long bound = turn.limits().view().bytes();
    long now = turn.rooms().shown(room) + dataBesides();
    return now <= GroupLimits.most(bound, isSmall) || now <= former().shown(room);
  }

  /** The size of data that is shown together with a room. */
  private int dataBesides() {
    return command instanceof Invite invite ? invite.data().length() : 0;
  }

  /**
   * Adds the change of a room's view to every namespace where the room is registered.
   *
   * @return the size of the view where the room is newly registered; 0 if there is no such
   *     namespace
   */
  private long settleListings(String room, Map<String, Long> shown) {
    List<String> before = former().exists(room) ? former().listings(room) : List.of();
    List<String> now = turn.rooms().listings(room);
    if (before.isEmpty() && now.isEmpty()) {
      return 0;
    }
    long bytesBefore = former().shown(room);
    before.forEach(namespace -> shown.merge(namespace, -bytesBefore, Long::sum));
    long bytesNow = turn.rooms().shown(room);
    now.forEach(namespace -> shown.merge(namespace, bytesNow, Long::sum));
    return before.containsAll(now) ? 0 : bytesNow;
  }

  /**
   * Adds to a namespace's view. At the bound, the command is refused (false) if it is its own user
   * who adds to the namespace. Otherwise a room has grown, and is unregistered from the namespace:
   * its members may not even know that it was registered.
   */
  private boolean settleNamespace(
      String namespace, long more, Set<String> rooms, boolean isSmall) {
    if (more == 0) {
      return true;
    }
    long now = turn.namespaces().shown(namespace) + more;
    long less = 0;
    Counter counter = turn.namespaces().counter(namespace);
    if (more > 0 && isBounded(command)
        && !turn.bounds().fits(counter, now, turn.limits().view().bytes(), isSmall)) {
      if (command instanceof RegisterUser || command instanceof RegisterRoom
          || (command instanceof PresenceCommand && isRegistered(namespace))) {
        return false;
      }
      turn.bounds().lift(counter);
      for (String room : rooms) {
        if (turn.rooms().isListed(room, namespace)) {
          less += turn.rooms().shown(room);
          turn.unlist(room, namespace);
        }
      }
    }
    turn.namespaces().addShown(namespace, more - less);
    return true;
  }

  private boolean isRegistered(String namespace) {
    return command instanceof UserCommand asked
        && turn.users().isRegistered(asked.user().id(), namespace);
  }

  // ---- bytes

  /** A status counts towards its user; that of a pending member towards none. */
  private void settleUsers() {
    Map<String, Long> more = new HashMap<>();
    for (RecordOverlay.Entry entry : overlay.entries()) {
      Change change = entry.change();
      String user = owner(change);
      if (user != null) {
        long bytes = status(change, change.value()) - status(change, entry.before());
        if (bytes != 0) {
          more.merge(user, bytes, Long::sum);
        }
      }
    }
    more.forEach((user, bytes) -> {
      if (bytes != 0 && turn.users().isHere(user)) {
        turn.users().addBytes(user, bytes);
      }
    });
  }

  private static @Nullable String owner(Change change) {
    FieldGroup<?> part = change.part();
    if (part == FieldGroup.PROFILE) {
      return change.key().id();
    }
    return part == FieldGroup.MEMBER || part == FieldGroup.REGISTERED_USER ? change.name() : null;
  }

  private static long status(Change change, @Nullable Value value) {
    return value instanceof Member member && member.isPending()
        ? 0
        : Weights.of(change.key(), change.part(), change.name(), value);
  }

  private @Nullable Refusal settleRealm() {
    long more = 0;
    Set<String> grown = new HashSet<>();
    for (RecordOverlay.Entry entry : overlay.entries()) {
      Change change = entry.change();
      if (!change.key().kind().isCounted()) {
        more += weight(change, change.value()) - weight(change, entry.before());
        if (change.part() == FieldGroup.STATUS && change.value() != null) {
          grown.add(change.key().id());
        }
      }
    }
    if (more == 0) {
      return null;
    }
    if (more > 0 && command instanceof UserCommand asked && isBounded(command)) {
      String user = asked.user().id();
      long own = turn.users().bytes(user);
      if (own > turn.limits().bytesPerUser().bytes()) {
        return Refusal.STATUS_TOO_BIG;
      }
      boolean isSmall = own <= turn.limits().bytesPerUser().bytes() / SMALL_PART_OF_USER
          && grown.stream().allMatch(this::hasSmallStatus);
      if (!turn.bounds().fits(turn.rooms().bytesCounter(), turn.rooms().bytes() + more,
          turn.limits().bytes().bytes(), isSmall)) {
        if (isSmall) {
          turn.bounds().askForEviction();
        }
        return Refusal.UNAVAILABLE;
      }
    }
    turn.rooms().addBytes(more);
    return null;
  }

  private static long weight(Change change, @Nullable Value value) {
    return Weights.of(change.key(), change.part(), change.name(), value);
  }

  private boolean hasSmallStatus(String room) {
    return turn.rooms().statusSize(room) <= turn.limits().status().bytes() / SMALL_PART_OF_STATUS;
  }
}
