package dev.parley.architecture.broken.net;

import dev.parley.architecture.broken.hub.KnowsNet;

/** The other half of a cycle. */
public interface KnowsTheHub {
  void use(KnowsNet hub);
}
