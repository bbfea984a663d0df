package dev.parley.architecture.broken.hub;

import dev.parley.architecture.broken.net.KnowsTheHub;

/** Breaks: routing knows no transport. Half of a cycle. */
public interface KnowsNet {
  void use(KnowsTheHub net);
}
