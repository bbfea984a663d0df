package dev.parley.architecture.broken.peerjs;

import io.vertx.json.schema.Validator;

/** Breaks: a dialect checks messages against schemas in a package of its own. */
public interface KnowsSchemas {
  void use(Validator validator);
}
