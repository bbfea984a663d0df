package dev.parley.group;

import dev.parley.group.InvitationEvent.Received;
import dev.parley.group.NamespaceEvent.RoomAdded;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.RoomRemoved;
import dev.parley.group.NamespaceEvent.UserAdded;
import dev.parley.group.NamespaceEvent.UserChanged;
import dev.parley.group.NamespaceEvent.UserRemoved;
import dev.parley.group.PeerChange.Changed;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.Said;
import dev.parley.group.RoomEvent.StatusChanged;
import dev.parley.signal.GroupDelivery;

/** An event that a present user gets about what others do. */
public sealed interface GroupEvent extends GroupDelivery
    permits RoomEvent, NamespaceEvent, InvitationEvent {

  /** About how many bytes it takes to show it to one user, see {@link ShownBytes}. */
  default long size() {
    return ShownBytes.FRAME + switch (this) {
      case PeerNews news -> ShownBytes.text(news.room()) + ShownBytes.change(news.change());
      case StatusChanged changed -> ShownBytes.text(changed.room()) + changed.status().length();
      case Said said -> ShownBytes.text(said.room()) + ShownBytes.text(said.from())
          + ShownBytes.text(said.name()) + said.data().length();
      case ForeignAdded added ->
          ShownBytes.foreign(added.room(), added.peer(), added.dialect());
      case ForeignRemoved removed ->
          ShownBytes.text(removed.room()) + ShownBytes.text(removed.peer());
      case UserAdded added -> name(added) + ShownBytes.user(added.user(), added.status());
      case UserChanged changed -> name(changed)
          + ShownBytes.user(changed.user(), changed.status());
      case UserRemoved removed -> name(removed) + ShownBytes.text(removed.user());
      case RoomAdded added -> name(added) + ShownBytes.text(added.room())
          + ShownBytes.view(added.view());
      case RoomRemoved removed -> name(removed) + ShownBytes.text(removed.room());
      case RoomPeerNews news -> name(news) + ShownBytes.text(news.room())
          + ShownBytes.change(news.change());
      case Received received -> ShownBytes.text(received.room())
          + ShownBytes.text(received.inviter()) + ShownBytes.view(received.view())
          + received.data().length();
      case InvitationEvent.Cancelled cancelled -> 0;
      case InvitationEvent.Answered answered -> 0;
    };
  }

  /**
   * Whether this event supersedes {@code earlier} if it follows directly: both carry the whole
   * current value of the same status.
   */
  default boolean outdates(GroupEvent earlier) {
    return switch (this) {
      case StatusChanged now ->
          earlier instanceof StatusChanged before && now.room().equals(before.room());
      case PeerNews(String room, Changed now) ->
          earlier instanceof PeerNews(String same, Changed before) && room.equals(same)
              && now.user().equals(before.user());
      case UserChanged now -> earlier instanceof UserChanged before
          && now.namespace().equals(before.namespace()) && now.user().equals(before.user());
      case RoomPeerNews(String namespace, String room, Changed now) ->
          earlier instanceof RoomPeerNews(String among, String same, Changed before)
              && namespace.equals(among) && room.equals(same) && now.user().equals(before.user());
      case PeerNews other -> false;
      case Said other -> false;
      case ForeignAdded other -> false;
      case ForeignRemoved other -> false;
      case UserAdded other -> false;
      case UserRemoved other -> false;
      case RoomAdded other -> false;
      case RoomRemoved other -> false;
      case RoomPeerNews other -> false;
      case InvitationEvent other -> false;
    };
  }

  private static long name(NamespaceEvent event) {
    return ShownBytes.text(event.namespace());
  }
}
