package dev.parley.architecture.broken.peerjs;

import io.vertx.json.schema.Validator;

/** A dialect that checks messages where it does everything else. */
public interface KnowsSchemas {
  void use(Validator validator);
}
