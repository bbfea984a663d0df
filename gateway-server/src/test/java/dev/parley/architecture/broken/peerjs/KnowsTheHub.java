package dev.parley.architecture.broken.peerjs;

import dev.parley.architecture.broken.hub.KnowsNet;

/** Breaks: a dialect knows of core what is published. */
public interface KnowsTheHub {
  void use(KnowsNet hub);
}
