package dev.parley.bench.relay;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** When a relay hands what it wrote to a connection over to the operating system. */
public enum Flushing {
  /** With each frame, as Vert.x does it. */
  EACH_FRAME {
    @Override
    void arrange(ServerWebSocket socket) {}
  },
  /** Once in a turn of the connection's event loop. Netty can, but Vert.x has no word for it. */
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
