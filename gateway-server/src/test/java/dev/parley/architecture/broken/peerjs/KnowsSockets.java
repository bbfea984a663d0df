package dev.parley.architecture.broken.peerjs;

import io.vertx.core.http.ServerWebSocket;

/** Breaks: a dialect knows no transport. */
public interface KnowsSockets {
  void use(ServerWebSocket socket);
}
