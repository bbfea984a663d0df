package dev.parley.bench.wire;

import java.util.List;

/** Clients of a linkup broker that offer each other a connection. */
public final class LinkupScript implements WireScript {

  static final String TARGET = "/linkup";

  @Override
  public WireEnd end(Party self, Party partner) {
    String id = self.name();
    return new KnownTexts(new KnownTexts.Texts(
        TARGET,
        List.of(LinkupSignal.register(id)),
        LinkupSignal.registered(id),
        LinkupSignal.of("offer", id, partner.name()),
        LinkupSignal.of("offer", partner.name(), id)));
  }
}
