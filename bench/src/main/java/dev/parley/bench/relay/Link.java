package dev.parley.bench.relay;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/** Handler of the frames of one client. On the event loop of that client's connection. */
@FunctionalInterface
public interface Link {

  /** A frame for {@code recipient} has come. */
  void forward(WebSocketFrame frame, ServerWebSocket recipient);

  /** Writes it as it came. */
  static void plain(WebSocketFrame frame, ServerWebSocket recipient) {
    var unused = recipient.writeFrame(frame);
  }
}
