package dev.parley.bench.relay;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** When a relay flushes a connection. */
public enum Flushing {
  /** With each frame, as Vert.x does. */
  EACH_FRAME {
    @Override
    void arrange(ServerWebSocket socket) {}
  },
  /**
   * Once per iteration of the connection's event loop. Netty has a handler for it, Vert.x has no
   * option.
   */
  EACH_TURN {
    @Override
    void arrange(ServerWebSocket socket) {
      ((WebSocketInternal) socket).channelHandlerContext().pipeline()
          .addFirst(new FlushConsolidationHandler(Integer.MAX_VALUE, true));
    }
  };

  /** Arranges it for a connection, on its event loop. */
  abstract void arrange(ServerWebSocket socket);
}
