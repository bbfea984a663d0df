package dev.parley.architecture.broken.peerjs;

import dev.parley.architecture.broken.linkup.SomeDialect;

/** Breaks: no dialect knows another. */
public interface KnowsAnotherDialect {
  void use(SomeDialect[] dialects);
}
