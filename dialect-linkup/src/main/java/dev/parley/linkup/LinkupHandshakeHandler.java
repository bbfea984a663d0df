package dev.parley.linkup;

import dev.parley.dialect.Arrival;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.linkup.legacy.LinkupExternalBrokers;

/** Admits every client: it has no id until it registers one. */
record LinkupHandshakeHandler(
    String realm, LinkupOptions options, LinkupDecoder decoder,
    LinkupExternalBrokers externalBrokers)
    implements HandshakeHandler {

  @Override
  public void greet(Arrival arrival) {
    arrival.admit(
        context -> new LinkupSession(context, realm, options, decoder, externalBrokers));
  }
}
