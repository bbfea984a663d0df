package dev.parley.group.rules;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Short texts of deliveries. JSON has its quotes left out: {@code {nick:A}}. A pending member has a
 * question mark.
 */
final class Texts {

  private Texts() {}

  static String of(GroupAnswer answer) {
    return switch (answer) {
      case GroupAnswer.Done done -> "done";
      case GroupAnswer.StatusHeard heard -> heard.heard() ? "heard" : "unheard";
      case GroupAnswer.Joined joined -> "joined " + joined.room() + " "
          + of(joined.peers()) + " " + json(joined.status().text());
      case GroupAnswer.Subscribed subscribed -> "subscribed, users "
          + each(subscribed.users(), status -> " " + json(status.text())) + ", rooms "
          + each(subscribed.rooms(), view -> " " + of(view));
      case GroupAnswer.Invited invited -> "invited " + invited.handle();
      case GroupAnswer.Brought brought -> "brought " + brought.entry();
      case GroupAnswer.Refused refused -> "refused " + refused.refusal();
    };
  }

  static String of(GroupEvent event) {
    return switch (event) {
      case RoomEvent room -> of(room);
      case NamespaceEvent namespace -> of(namespace);
      case InvitationEvent invitation -> of(invitation);
    };
  }

  private static String of(RoomEvent event) {
    return event.room() + ": " + switch (event) {
      case RoomEvent.PeerNews news -> of(news.change());
      case RoomEvent.StatusChanged changed -> "is " + json(changed.status().text());
      case RoomEvent.Said said -> said.from() + " says " + said.name() + " "
          + json(said.data().text());
      case RoomEvent.ForeignAdded added -> "+" + added.peer() + " of " + added.dialect() + " "
          + added.entry();
      case RoomEvent.ForeignRemoved removed -> "-" + removed.peer() + " " + removed.entry();
    };
  }

  private static String of(PeerChange change) {
    return switch (change) {
      case PeerChange.Added added -> "+" + added.user() + of(added.peer());
      case PeerChange.Accepted accepted -> accepted.user() + " accepts";
      case PeerChange.Changed changed -> changed.user() + " is " + json(changed.status().text());
      case PeerChange.Removed removed -> "-" + removed.user();
    };
  }

  private static String of(NamespaceEvent event) {
    return switch (event) {
      case NamespaceEvent.UserAdded added -> event.namespace() + ": +" + added.user() + " "
          + json(added.status().text());
      case NamespaceEvent.UserChanged changed -> event.namespace() + ": " + changed.user() + " is "
          + json(changed.status().text());
      case NamespaceEvent.UserRemoved removed -> event.namespace() + ": -" + removed.user();
      case NamespaceEvent.RoomAdded added -> event.namespace() + ": +room " + added.room() + " "
          + of(added.view());
      case NamespaceEvent.RoomRemoved removed -> event.namespace() + ": -room " + removed.room();
      case NamespaceEvent.RoomPeerNews news -> event.namespace() + "/" + news.room() + ": "
          + of(news.change());
    };
  }

  private static String of(InvitationEvent event) {
    return switch (event) {
      case InvitationEvent.Received received -> "invitation " + event.handle() + " to "
          + received.room() + " " + of(received.view()) + " by " + received.inviter() + ", says "
          + json(received.data().text());
      case InvitationEvent.Cancelled cancelled -> "invitation " + event.handle() + " cancelled";
      case InvitationEvent.Answered answered -> "invitation " + event.handle()
          + (answered.accepted() ? " accepted" : " denied");
    };
  }

  private static String of(RoomView view) {
    return of(view.peers()) + " " + json(view.status().text());
  }

  private static String of(Map<String, RoomPeer> peers) {
    return each(peers, Texts::of);
  }

  private static String of(RoomPeer peer) {
    return (peer.pending() ? "? " : " ") + json(peer.status().text());
  }

  private static <V> String each(Map<String, V> all, Function<V, String> text) {
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + text.apply(entry.getValue()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String json(String text) {
    return text.replace("\"", "");
  }
}
