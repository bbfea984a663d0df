package dev.parley.architecture.broken.peerjs;

import dev.parley.architecture.broken.hub.KnowsNet;

/** Breaks: a dialect knows only the published part of core. */
public interface KnowsTheHub {
  void use(KnowsNet hub);
}
