package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.Refusal;
import dev.parley.group.RoomDue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Effects collected during one evaluation, in order, and changes of deadlines. */
final class Effects {

  private final List<Effect> effects = new ArrayList<>(4);
  private final List<DeadlineChange> deadlines = new ArrayList<>(1);
  private long output;
  private long uncharged;

  /** Sends an event to users, if there are any. */
  void tell(Collection<String> users, GroupEvent event) {
    if (!users.isEmpty()) {
      effects.add(new Effect.Tell(List.copyOf(users), event));
      output += users.size() * event.size();
    }
  }

  void tell(String user, GroupEvent event) {
    effects.add(new Effect.Tell(List.of(user), event));
    output += event.size();
  }

  /**
   * About how many bytes the effects write to all recipients, except those of {@link #tellFree}.
   */
  long output() {
    return output;
  }

  /** Sends an event to users, free of charge for the requester. */
  void tellFree(Collection<String> users, GroupEvent event) {
    if (!users.isEmpty()) {
      effects.add(new Effect.Tell(List.copyOf(users), event));
      uncharged += users.size() * event.size();
    }
  }

  /** How many bytes the effects of {@link #tellFree} write to all recipients. */
  long uncharged() {
    return uncharged;
  }

  /** Whether the command is refused. */
  boolean isRefused() {
    return effects.size() == 1 && effects.getFirst() instanceof Effect.Answer(GroupAnswer answer)
        && answer instanceof GroupAnswer.Refused;
  }

  void answer(GroupAnswer answer) {
    effects.add(new Effect.Answer(answer));
  }

  void done() {
    answer(new GroupAnswer.Done());
  }

  void refuse(Refusal refusal) {
    answer(new GroupAnswer.Refused(refusal));
  }

  void setDeadline(RecordKey key, Duration after, RoomDue due) {
    deadlines.add(new DeadlineChange.Set(key, after, due));
  }

  void clearDeadline(RecordKey key) {
    deadlines.add(new DeadlineChange.Clear(key));
  }

  List<Effect> all() {
    return List.copyOf(effects);
  }

  List<DeadlineChange> deadlines() {
    return List.copyOf(deadlines);
  }
}
