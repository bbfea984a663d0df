package dev.parley.calling;

import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Media;
import dev.parley.signal.Sdp;
import dev.parley.signal.Terms;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a user's client is told of its guests: the events that it would be told if they were users
 * and rooms.
 *
 * @param client is told it
 * @param channelLabel what a guest's data channel is called, if nobody says
 */
record CallingForeignPeerEvents(Consumer<GroupEvent> client, String channelLabel) {

  private static final Bytes NO_STATUS = Bytes.utf8("{}");

  /** A peer that the user has brought in is in the room. */
  void comes(ForeignAdded added) {
    client.accept(added);
  }

  /** A peer that the user has invited seems to be asked still. */
  void isInvited(ForeignAdded added) {
    client.accept(new PeerNews(added.room(), new PeerChange.Added(
        added.peer(), new RoomPeer(CallingEncoder.status(added.dialect()), true))));
  }

  /** It comes of the invitation, the handle of which the client knows. */
  void accepts(ForeignAdded added, long handle) {
    client.accept(new InvitationEvent.Answered(handle, true));
    client.accept(new PeerNews(added.room(), new PeerChange.Accepted(added.peer())));
    client.accept(new PeerNews(added.room(), new PeerChange.Changed(
        added.peer(), CallingEncoder.status(added.dialect()))));
  }

  /** A guest is gone from a room. */
  void leaves(CallingForeignPeer guest) {
    client.accept(new PeerNews(guest.room(), new PeerChange.Removed(guest.id())));
  }

  /** A guest calls: to the client, it asks the user into the room where it is. */
  void rings(CallingForeignPeer guest, Sdp sdp, Terms terms) {
    RoomView room =
        new RoomView(NO_STATUS,
            Map.of(guest.id(), new RoomPeer(CallingEncoder.status(guest.dialect()), false)));
    client.accept(new InvitationEvent.Received(
        guest.handle(), guest.room(), room, guest.id(), about(guest, sdp, terms)));
  }

  /** A guest calls no longer. */
  void hangsUp(CallingForeignPeer guest) {
    client.accept(new InvitationEvent.Cancelled(guest.handle()));
  }

  /** A guest says something. */
  void says(CallingForeignPeer guest, Content content) {
    client.accept(switch (content) {
      case Content.Offer(Sdp sdp, Terms terms) -> CallingSignalingWriter.offer(
          guest.room(), guest.id(), sdp, CallingDescriptors.ofOffer(sdp, terms, channelLabel));
      case Content.Answer(Sdp sdp, Terms terms) -> CallingSignalingWriter.answer(
          guest.room(), guest.id(), sdp,
          CallingDescriptors.ofAnswer(sdp, terms, guest.offeredChannels()));
      case Content.Candidate candidate -> CallingSignalingWriter.candidate(
          guest.room(), guest.id(), candidate);
      case Content.EndOfCandidates end -> CallingSignalingWriter.endOfCandidates(
          guest.room(), guest.id());
      case Content.Custom custom -> CallingSignalingWriter.custom(guest.room(), guest.id(), custom);
      case Content.Bye bye -> throw unsayable(bye);
      case Content.Renegotiation request -> throw unsayable(request);
    });
  }

  private static IllegalArgumentException unsayable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " is no event of a room");
  }

  /** What the user is told with an invitation. */
  private static Bytes about(CallingForeignPeer guest, Sdp sdp, Terms terms) {
    TextBuffer text = new TextBuffer();
    text.ascii("{\"dialect\":").quoted(guest.dialect())
        .ascii(sdp.media() == Media.MEDIA ? ",\"media\":\"media\"" : ",\"media\":\"data\"");
    if (terms.label() != null) {
      text.ascii(",\"label\":").quoted(terms.label());
    }
    if (terms.metadata() != null) {
      text.ascii(",\"metadata\":").utf8(terms.metadata());
    }
    return Bytes.utf8(text.ascii("}").toString());
  }
}
