package dev.parley.cluster;

import dev.parley.cluster.groups.RedisGroups;
import dev.parley.cluster.inbox.InboxReader;
import dev.parley.cluster.inbox.InboxTrimmer;
import dev.parley.cluster.pipeline.SetAside;
import dev.parley.cluster.record.EventCodec;
import dev.parley.cluster.redis.LoopContext;
import dev.parley.cluster.registry.InFlightMark;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.Registration;
import dev.parley.cluster.registry.Watches;
import dev.parley.cluster.routing.Claims;
import dev.parley.cluster.routing.RefusalOutbox;
import dev.parley.cluster.script.EntryId;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.Envelope.Content.Letter;
import dev.parley.cluster.script.Envelope.Content.Unreadable;
import dev.parley.cluster.script.InboxEntry;
import dev.parley.cluster.script.RefuseCommand;
import dev.parley.cluster.script.ReleaseCommand;
import dev.parley.group.GroupEvent;
import dev.parley.metrics.SignalMetrics;
import dev.parley.signal.IdLost;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches the entries of one epoch's inbox to local sessions, and refuses signals whose session
 * has gone. A signal is never forwarded. Confined to the hub's event loop.
 */
final class InboxDispatcher implements InboxReader.EntryListener {

  private final LoopContext loop;
  private final LocalRegistry localRegistry;
  private final Targets targets;
  private final SetAside setAside;
  private final InboxTrimmer trimmer;
  private final InFlightMark mark;

  /** Where the entries of an inbox go. */
  record Targets(
      LocalRegistry localRegistry, Watches watches, Claims claims, RedisGroups groups,
      RefusalOutbox outbox, SignalMetrics metrics) {}

  /**
   * @param trimmer deletes entries that were read
   * @param mark marks the signals that this node has sent to itself in this epoch
   */
  InboxDispatcher(
      LoopContext loop, Targets targets, SetAside setAside, InboxTrimmer trimmer,
      InFlightMark mark) {
    this.loop = loop;
    this.localRegistry = targets.localRegistry;
    this.targets = targets;
    this.setAside = setAside;
    this.trimmer = trimmer;
    this.mark = mark;
  }

  @Override
  public void entry(String t, byte @Nullable [] b) {
    assert loop.isCurrent();
    InboxEntry entry;
    try {
      entry = InboxEntry.parse(t, b);
    } catch (IllegalArgumentException unreadable) {
      unreadable();
      return;
    }
    take(entry);
  }

  @Override
  public void unreadable() {
    assert loop.isCurrent();
    setAside.add("inbox", "an entry of the inbox of this node");
  }

  private void take(InboxEntry entry) {
    switch (entry) {
      case InboxEntry.Letter letter -> letter(letter);
      case InboxEntry.Granted(long number, boolean tookOver, int mails) -> {
        Registration registration = localRegistry.registration(number);
        if (registration != null) {
          localRegistry.granted(registration, tookOver, mails);
        }
      }
      case InboxEntry.Kept(long number, int mails) -> {
        Registration registration = localRegistry.registration(number);
        if (registration != null) {
          localRegistry.kept(registration, mails);
        }
      }
      case InboxEntry.Superseded(long number) -> {
        Registration registration = localRegistry.registration(number);
        if (registration != null) {
          localRegistry.superseded(registration);
        }
      }
      case InboxEntry.Lost(long number) -> {
        Registration registration = localRegistry.registration(number);
        if (registration != null) {
          targets.claims.claimAgain(registration);
        }
      }
      case InboxEntry.Returned returned -> returned(returned);
      case InboxEntry.Watched watched ->
          targets.watches.answered(watched.watch(), watched.peer(), watched.there());
      case InboxEntry.Departed departed -> targets.watches.departed(departed.peer());
      case InboxEntry.News(List<Long> registrations, byte[] event) -> news(registrations, event);
      case InboxEntry.Answered(long command, InboxEntry.Ending ending) ->
          targets.groups.answered(command, ending);
    }
  }

  private void letter(InboxEntry.Letter letter) {
    Registration registration = localRegistry.registration(letter.registration());
    switch (Envelope.open(letter.envelope())) {
      case Letter(Signal signal, String itsMark) -> {
        if (registration == null) {
          targets.metrics.undelivered(signal, Cause.GONE);
          targets.outbox.refuse(signal, Cause.GONE);
        } else {
          registration.recipient().deliver(signal);
        }
        if (!letter.held() && itsMark.equals(mark.text())) {
          localRegistry.returned(signal.to(), mark);
        }
      }
      case Unreadable(String why) -> {
        setAside.add("signal", why + "; it goes back to its sender");
        targets.outbox.run(new RefuseCommand(Cause.UNTRANSLATABLE, letter.envelope()));
      }
    }
    if (letter.held() && registration != null) {
      localRegistry.mailArrived(registration);
    }
  }

  private void returned(InboxEntry.Returned returned) {
    Registration registration = localRegistry.registration(returned.registration());
    switch (Envelope.open(returned.envelope())) {
      case Letter(Signal signal, String itsMark) when registration != null ->
          registration.recipient().deliver(Undelivered.of(signal, returned.cause()));
      // Its client may have reconnected under the same id.
      case Letter(Signal signal, String itsMark) -> targets.outbox.refuse(signal, returned.cause());
      case Unreadable(String why) ->
          setAside.add("signal", why + "; it was refused to its sender, which cannot be notified");
    }
  }

  /** Delivers events of groups to users. */
  private void news(List<Long> numbers, byte[] packed) {
    List<Registration> recipients = new ArrayList<>();
    for (long number : numbers) {
      Registration registration = localRegistry.registration(number);
      if (registration != null) {
        recipients.add(registration);
      }
    }
    try {
      GroupEvent event = EventCodec.decode(packed);
      recipients.forEach(each -> each.recipient().deliver(event));
    } catch (IllegalArgumentException unreadable) {
      setAside.add("event",
          unreadable.getMessage() + "; those who are to get it have to come back");
      for (Registration each : recipients) {
        localRegistry.revoke(each, IdLost.Reason.GROUPS_LOST);
        targets.outbox.run(new ReleaseCommand(each.address(), each.number()));
      }
    }
  }

  @Override
  public void read(EntryId last, int entries, long bytes) {
    assert loop.isCurrent();
    trimmer.read(last, entries, bytes);
  }
}
