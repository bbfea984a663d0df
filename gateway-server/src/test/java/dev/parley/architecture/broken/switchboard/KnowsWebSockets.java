package dev.parley.architecture.broken.switchboard;

import io.vertx.core.http.ServerWebSocket;

/** Breaks: routing knows no transport. */
public interface KnowsWebSockets {
  void use(ServerWebSocket socket);
}
