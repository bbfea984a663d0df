package dev.parley.bench.wire;

import java.util.List;

/** Clients of PeerJS that offer each other a connection. */
public final class PeerJsScript implements WireScript {

  @Override
  public WireEnd end(Party self, Party partner) {
    String id = self.name();
    return new KnownTexts(new KnownTexts.Texts(
        "/peerjs?key=peerjs&token=bench&version=1.5.5&id=" + id,
        List.of(),
        PeerJsOffer.OPEN,
        PeerJsOffer.sent(id, partner.name()),
        PeerJsOffer.received(partner.name(), id)));
  }
}
