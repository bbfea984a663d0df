package dev.parley.architecture.broken.hub;

import dev.parley.architecture.broken.net.KnowsTheHub;

/** Half of a cycle. */
public interface KnowsNet {
  void use(KnowsTheHub net);
}
