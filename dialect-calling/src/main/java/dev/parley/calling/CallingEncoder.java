package dev.parley.calling;

import dev.parley.dialect.TextEncoder;
import dev.parley.dialect.TextSink;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import java.util.Map;
import java.util.function.BiConsumer;

/** Encodes messages to clients, with their fields in the original's order. Any thread. */
final class CallingEncoder {

  private final CallingEventNames names;
  private final TextEncoder<CallingServerMessage> messages = CallingEncoder::encode;
  private final TextEncoder<GroupEvent> events = this::encode;

  CallingEncoder(CallingEventNames names) {
    this.names = names;
  }

  /** The encoder of messages of sessions; the same for all sessions. */
  TextEncoder<CallingServerMessage> messages() {
    return messages;
  }

  /** The encoder of events of groups; the same for all sessions. */
  TextEncoder<GroupEvent> events() {
    return events;
  }

  // ---- messages of sessions

  private static void encode(CallingServerMessage message, TextSink out) {
    switch (message) {
      case CallingServerMessage.Hello(String id, String server, String iceServers) -> {
        out.ascii("{\"type\":\"hello\",\"id\":").quoted(id)
            .ascii(",\"server\":").quoted(server);
        if (iceServers != null) {
          out.ascii(",\"iceServers\":").ascii(iceServers);
        }
        out.ascii("}");
      }
      case CallingServerMessage.Answer(Bytes tid, GroupAnswer answer) -> {
        data(answer, answer(tid, out));
        out.ascii("}");
      }
      case CallingServerMessage.Done(Bytes tid) -> answer(tid, out).ascii("}");
      case CallingServerMessage.Failure(Bytes tid, String error) -> answer(tid, out)
          .ascii(",\"error\":").quoted(error).ascii("}");
      case CallingServerMessage.Complaint(String error) -> out
          .ascii("{\"type\":\"error\",\"error\":").quoted(error).ascii("}");
      case CallingServerMessage.Ping ping -> out.ascii("{\"type\":\"ping\"}");
    }
  }

  private static TextSink answer(Bytes tid, TextSink out) {
    return out.ascii("{\"type\":\"answer\",\"tid\":").utf8(tid);
  }

  private static void data(GroupAnswer answer, TextSink out) {
    switch (answer) {
      case GroupAnswer.Done done -> {}
      case GroupAnswer.Brought brought -> {}
      case GroupAnswer.StatusHeard(boolean heard) -> out
          .ascii(heard ? ",\"data\":true" : ",\"data\":false");
      case GroupAnswer.Joined joined -> {
        out.ascii(",\"data\":{\"room\":").quoted(joined.room()).ascii(",\"peers\":");
        peers(joined.peers(), out);
        out.ascii(",\"status\":").utf8(joined.status()).ascii("}");
      }
      case GroupAnswer.Subscribed subscribed -> {
        out.ascii(",\"data\":{\"users\":");
        object(subscribed.users(), (status, to) -> to.utf8(status), out);
        out.ascii(",\"rooms\":");
        object(subscribed.rooms(), CallingEncoder::room, out);
        out.ascii("}");
      }
      case GroupAnswer.Invited(long handle) -> out
          .ascii(",\"data\":{\"handle\":").ascii(Long.toString(handle)).ascii("}");
      case GroupAnswer.Refused refused -> out
          .ascii(",\"error\":").quoted(CallingErrors.of(refused.refusal()));
    }
  }

  private static void room(RoomView view, TextSink out) {
    out.ascii("{\"status\":").utf8(view.status()).ascii(",\"peers\":");
    peers(view.peers(), out);
    out.ascii("}");
  }

  private static void peers(Map<String, RoomPeer> peers, TextSink out) {
    object(peers, (peer, to) -> {
      to.ascii("{");
      peer(peer, to);
      to.ascii("}");
    }, out);
  }

  private static void peer(RoomPeer peer, TextSink out) {
    out.ascii(peer.pending() ? "\"pending\":true" : "\"pending\":false")
        .ascii(",\"status\":").utf8(peer.status());
  }

  private static <V> void object(
      Map<String, V> members, BiConsumer<V, TextSink> value, TextSink out) {
    String before = "{";
    for (Map.Entry<String, V> each : members.entrySet()) {
      out.ascii(before).quoted(each.getKey()).ascii(":");
      value.accept(each.getValue(), out);
      before = ",";
    }
    out.ascii(members.isEmpty() ? "{}" : "}");
  }

  // ---- events of groups

  private void encode(GroupEvent event, TextSink out) {
    switch (event) {
      case RoomEvent room -> room(room, out);
      case NamespaceEvent namespace -> namespace(namespace, out);
      case InvitationEvent invitation -> invitation(invitation, out);
    }
  }

  private static void room(RoomEvent event, TextSink out) {
    switch (event) {
      case RoomEvent.PeerNews(String room, PeerChange change) -> change(room, change, out);
      case RoomEvent.StatusChanged(String room, Bytes status) -> out
          .ascii("{\"type\":\"room_update\",\"room\":").quoted(room)
          .ascii(",\"status\":").utf8(status).ascii("}");
      case RoomEvent.ForeignAdded added -> change(added.room(), new PeerChange.Added(
          added.peer(), new RoomPeer(status(added.dialect()), false)), out);
      case RoomEvent.ForeignRemoved removed -> change(
          removed.room(), new PeerChange.Removed(removed.peer()), out);
      case RoomEvent.Said said -> out
          .ascii("{\"type\":\"room_peer_from\",\"room\":").quoted(said.room())
          .ascii(",\"user\":").quoted(said.from())
          .ascii(",\"event\":").quoted(said.name())
          .ascii(",\"data\":").utf8(said.data()).ascii("}");
    }
  }

  private static void change(String room, PeerChange change, TextSink out) {
    type("room_peer_", change, out);
    out.ascii(",\"room\":").quoted(room);
    change(change, out);
  }

  /** The status of a peer of another dialect. */
  static Bytes status(String dialect) {
    return Bytes.utf8(
        new TextBuffer().ascii("{\"dialect\":").quoted(dialect).ascii("}").toString());
  }

  private void namespace(NamespaceEvent event, TextSink out) {
    switch (event) {
      case NamespaceEvent.UserAdded added -> user("ns_user_add", added.user(), added.namespace(),
          out).ascii(",\"status\":").utf8(added.status()).ascii("}");
      case NamespaceEvent.UserChanged changed -> user(names.userUpdate(), changed.user(),
          changed.namespace(), out).ascii(",\"status\":").utf8(changed.status()).ascii("}");
      case NamespaceEvent.UserRemoved removed -> user("ns_user_rm", removed.user(),
          removed.namespace(), out).ascii("}");
      case NamespaceEvent.RoomAdded added -> {
        out.ascii("{\"type\":\"ns_room_add\",\"namespace\":").quoted(added.namespace())
            .ascii(",\"room\":").quoted(added.room())
            .ascii(",\"status\":").utf8(added.view().status()).ascii(",\"peers\":");
        peers(added.view().peers(), out);
        out.ascii("}");
      }
      case NamespaceEvent.RoomRemoved removed -> out
          .ascii("{\"type\":\"ns_room_rm\",\"room\":").quoted(removed.room())
          .ascii(",\"namespace\":").quoted(removed.namespace()).ascii("}");
      case NamespaceEvent.RoomPeerNews(String namespace, String room, PeerChange change) -> {
        type(names.roomPeer(), change, out);
        out.ascii(",\"namespace\":").quoted(namespace).ascii(",\"room\":").quoted(room);
        change(change, out);
      }
    }
  }

  private static TextSink user(String type, String user, String namespace, TextSink out) {
    return out.ascii("{\"type\":\"").ascii(type).ascii("\",\"user\":").quoted(user)
        .ascii(",\"namespace\":").quoted(namespace);
  }

  private static void type(String prefix, PeerChange change, TextSink out) {
    out.ascii("{\"type\":\"").ascii(prefix).ascii(switch (change) {
      case PeerChange.Added added -> "add\"";
      case PeerChange.Accepted accepted -> "update\"";
      case PeerChange.Changed changed -> "update\"";
      case PeerChange.Removed removed -> "rm\"";
    });
  }

  private static void change(PeerChange change, TextSink out) {
    out.ascii(",\"user\":").quoted(change.user());
    switch (change) {
      case PeerChange.Added added -> {
        out.ascii(",");
        peer(added.peer(), out);
      }
      case PeerChange.Accepted accepted -> out.ascii(",\"pending\":false");
      case PeerChange.Changed changed -> out.ascii(",\"status\":").utf8(changed.status());
      case PeerChange.Removed removed -> {}
    }
    out.ascii("}");
  }

  private static void invitation(InvitationEvent event, TextSink out) {
    String handle = Long.toString(event.handle());
    switch (event) {
      case InvitationEvent.Received received -> {
        out.ascii("{\"type\":\"invite_incoming\",\"handle\":").ascii(handle)
            .ascii(",\"room\":").quoted(received.room()).ascii(",\"peers\":");
        peers(received.view().peers(), out);
        out.ascii(",\"status\":").utf8(received.view().status())
            .ascii(",\"sender\":").quoted(received.inviter())
            .ascii(",\"data\":").utf8(received.data()).ascii("}");
      }
      case InvitationEvent.Cancelled cancelled -> out
          .ascii("{\"type\":\"invite_cancelled\",\"handle\":").ascii(handle).ascii("}");
      case InvitationEvent.Answered answered -> out
          .ascii("{\"type\":\"invite_response\",\"handle\":").ascii(handle)
          .ascii(answered.accepted() ? ",\"accepted\":true}" : ",\"accepted\":false}");
    }
  }
}
