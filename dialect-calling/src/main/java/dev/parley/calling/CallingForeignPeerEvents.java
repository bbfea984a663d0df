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
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the events about peers of other dialects: those that a client would receive if they were
 * users and rooms.
 *
 * @param client sends an event to the client
 * @param channelLabel the name of a peer's data channel, if its dialect has none
 */
record CallingForeignPeerEvents(Consumer<GroupEvent> client, String channelLabel) {

  private static final Bytes NO_STATUS = Bytes.utf8("{}");

  /** A peer was added to the room. */
  void added(ForeignAdded added) {
    client.accept(added);
  }

  /** A peer that the user has invited was added as pending. */
  void pending(ForeignAdded added) {
    client.accept(new PeerNews(added.room(), new PeerChange.Added(
        added.peer(), new RoomPeer(CallingEncoder.status(added.dialect()), true))));
  }

  /** A peer has accepted the invitation with this handle. */
  void accepted(ForeignAdded added, long handle) {
    client.accept(new InvitationEvent.Answered(handle, true));
    client.accept(new PeerNews(added.room(), new PeerChange.Accepted(added.peer())));
    client.accept(new PeerNews(added.room(), new PeerChange.Changed(
        added.peer(), CallingEncoder.status(added.dialect()))));
  }

  /** A peer has left a room. */
  void removed(CallingForeignPeer peer) {
    client.accept(new PeerNews(peer.room(), new PeerChange.Removed(peer.id())));
  }

  /** A peer calls: it invites the user into the room where it is. */
  void invited(CallingForeignPeer caller, Sdp sdp, OfferHints terms) {
    RoomView room =
        new RoomView(NO_STATUS,
            Map.of(caller.id(), new RoomPeer(CallingEncoder.status(caller.dialect()), false)));
    client.accept(new InvitationEvent.Received(
        caller.handle(), caller.room(), room, caller.id(), about(caller, sdp, terms)));
  }

  /** A peer calls no longer. */
  void cancelled(CallingForeignPeer caller) {
    client.accept(new InvitationEvent.Cancelled(caller.handle()));
  }

  /** A peer sends a content. */
  void said(CallingForeignPeer peer, Content content) {
    client.accept(switch (content) {
      case Content.Offer(Sdp sdp, OfferHints terms) -> CallingSignalingWriter.offer(
          peer.room(), peer.id(), sdp, CallingDescriptors.ofOffer(sdp, terms, channelLabel));
      case Content.Answer(Sdp sdp, OfferHints terms) -> CallingSignalingWriter.answer(
          peer.room(), peer.id(), sdp,
          CallingDescriptors.ofAnswer(sdp, terms, peer.conversation().offeredChannels()));
      case Content.Candidate candidate -> CallingSignalingWriter.candidate(
          peer.room(), peer.id(), candidate);
      case Content.EndOfCandidates end -> CallingSignalingWriter.endOfCandidates(
          peer.room(), peer.id());
      case Content.Custom custom -> CallingSignalingWriter.custom(
          peer.room(), peer.id(), custom);
      case Content.Bye bye -> throw unencodable(bye);
      case Content.Renegotiation request -> throw unencodable(request);
    });
  }

  private static IllegalArgumentException unencodable(Content content) {
    return new IllegalArgumentException(
        content.getClass().getSimpleName() + " is no event of a room");
  }

  /** The data of an invitation. */
  private static Bytes about(CallingForeignPeer caller, Sdp sdp, OfferHints terms) {
    TextBuffer text = new TextBuffer();
    text.ascii("{\"dialect\":").quoted(caller.dialect())
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
