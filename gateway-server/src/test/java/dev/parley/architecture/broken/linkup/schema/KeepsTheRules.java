package dev.parley.architecture.broken.linkup.schema;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;

/** Where a dialect may check messages against schemas. */
public interface KeepsTheRules {
  void use(Validator validator, JsonObject message);
}
