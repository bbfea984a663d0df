package dev.parley.architecture.broken.linkup;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.Future;

/** A dialect that keeps the rules. */
public interface KeepsTheRules {
  void use(JsonParser parser, Future<String> answer);
}
