package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.Facilities;
import dev.parley.dialect.Routes;

/**
 * The protocol of PeerServer ({@code peer} on npm): its WebSocket at {@code peerjs} and its HTTP
 * interface beside it.
 */
public final class PeerJsDialect implements Dialect {

  static final String NAME = "peerjs";

  private final PeerJsOptions options;
  private final PeerJsDecoder decoder;
  private final Seats seats;

  PeerJsDialect(PeerJsOptions options, Facilities facilities) {
    this.options = options;
    this.decoder = new PeerJsDecoder(facilities.jsonDepth());
    this.seats = new Seats(options.concurrentLimit());
  }

  @Override
  public void mount(String realm, Routes routes) {
    Keys keys = new Keys(options, realm);
    routes.webSocket("/peerjs", new PeerJsGreeter(options, decoder, keys, seats));
    routes.http(new PeerJsHttp(options, keys));
  }

  /** PeerServer closes without a code what it refuses or gives up. */
  @Override
  public CloseWords closeWords(CloseReason reason) {
    return switch (reason) {
      case ID_TAKEN, REFUSED, SILENT -> CloseWords.SILENT;
      default -> CloseWords.of(reason);
    };
  }

  @Override
  public boolean isBehindProxy() {
    return options.proxied();
  }
}
