package dev.parley.architecture.broken.signal;

import io.vertx.core.Future;

/** Breaks: signals know the JSON library alone, and the package is not marked. */
public interface KnowsVertx {
  void use(Future<String> answer);
}
