package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.Facilities;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.json.JsonSource;

/**
 * The protocol of PeerServer ({@code peer} on npm): its WebSocket at {@code peerjs} and its HTTP
 * interface beside it.
 */
public final class PeerJsDialect implements Dialect {

  static final String NAME = "peerjs";

  private final PeerJsOptions options;
  private final PeerJsDecoder decoder;
  private final PeerJsInterpreter interpreter;
  private final Seats seats;

  PeerJsDialect(PeerJsOptions options, Facilities facilities) {
    JsonSource json = new JsonSource(facilities.jsonDepth());
    this.options = options;
    this.decoder = new PeerJsDecoder(json);
    this.interpreter = new PeerJsInterpreter(json);
    this.seats = new Seats(options.concurrentLimit());
  }

  @Override
  public void mount(String realm, Routes routes) {
    Keys keys = new Keys(options, realm);
    routes.webSocket("/peerjs", new PeerJsGreeter(options, decoder, interpreter, keys, seats));
    routes.http(new PeerJsHttp(options, keys));
  }

  @Override
  public Interpreter interpreter() {
    return interpreter;
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
