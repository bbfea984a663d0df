package dev.parley.bench.wire;

import java.util.List;

/**
 * Clients of the bench's own relays: the messages of PeerJS, so that all servers carry the same
 * bytes. But whom they are for stands in the query, and they arrive as they were sent.
 */
public final class RelayScript implements WireScript {

  @Override
  public WireEnd end(Party self, Party partner) {
    String id = self.name();
    return new KnownTexts(new KnownTexts.Texts(
        "/relay?id=" + id + "&to=" + partner.name(),
        List.of(),
        PeerJsOffer.OPEN,
        PeerJsOffer.sent(id, partner.name()),
        PeerJsOffer.sent(partner.name(), id)));
  }
}
