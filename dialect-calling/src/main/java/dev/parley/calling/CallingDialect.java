package dev.parley.calling;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.dialect.IceServers;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.dialect.ServerIds;
import dev.parley.json.JsonSource;
import io.vertx.core.Future;
import java.util.List;

/**
 * The protocol of {@code calling-signaling}: one WebSocket, whatever its path below the mount, and
 * nothing for plain HTTP.
 */
public final class CallingDialect implements Dialect {

  static final String NAME = "calling";

  /** The original ignores the path; clients use no deeper ones. */
  private static final List<String> PATHS = List.of("", "/", "/{any}", "/{any}/", "/{any}/{more}");

  private final CallingOptions options;
  private final CallingDecoder decoder;
  private final CallingEncoder encoder;
  private final CallingInterpreter interpreter;
  private final ServerIds ids;
  private final IceServers iceServers;

  CallingDialect(CallingOptions options, DialectContext dialectContext) {
    this.options = options;
    JsonSource json = new JsonSource(dialectContext.jsonDepth());
    this.decoder = new CallingDecoder(json, options.disable());
    this.encoder = new CallingEncoder(options.eventNames());
    this.interpreter = new CallingInterpreter(json);
    this.ids = dialectContext.ids();
    this.iceServers = dialectContext.iceServers();
  }

  @Override
  public Interpreter interpreter() {
    return interpreter;
  }

  @Override
  public void mount(String realm, Routes routes) {
    CallingHandshakeHandler handler = new CallingHandshakeHandler(new CallingSupport(
        realm, options, decoder, encoder, interpreter, new CallingRealmPeers(realm), ids,
        iceServers));
    PATHS.forEach(path -> routes.webSocket(path, handler));
    routes.http(new UpgradeRequired());
  }

  /** The original's answer to whatever is no WebSocket; it says nothing about anyone. */
  private static final class UpgradeRequired implements HttpHandler {

    @Override
    public Future<HttpReply> handle(HttpCall call) {
      return Future.succeededFuture(
          HttpReply.of(426, "text/plain", "Upgrade Required").with("Upgrade", "websocket"));
    }

    @Override
    public boolean isOpen(HttpCall call) {
      return true;
    }
  }
}
