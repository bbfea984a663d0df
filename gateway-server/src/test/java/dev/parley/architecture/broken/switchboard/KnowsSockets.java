package dev.parley.architecture.broken.switchboard;

import io.vertx.core.net.NetSocket;

/** Breaks: routing opens no sockets. */
public interface KnowsSockets {
  void use(NetSocket socket);
}
