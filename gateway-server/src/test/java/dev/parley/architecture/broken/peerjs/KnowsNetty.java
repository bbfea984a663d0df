package dev.parley.architecture.broken.peerjs;

import io.netty.buffer.ByteBuf;

/** Breaks: a dialect knows no transport. */
public interface KnowsNetty {
  void use(ByteBuf buffer);
}
