package dev.parley.architecture.broken.group.rules;

import io.vertx.core.Future;

/** Breaks: the rules of groups are pure. */
public interface KnowsVertx {
  void use(Future<String> answer);
}
