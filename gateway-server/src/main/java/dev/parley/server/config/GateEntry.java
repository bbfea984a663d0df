package dev.parley.server.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * An entry of a gate: a mapping with one key, the name of a policy, and the options of that policy.
 *
 * @param policy the name of the policy
 * @param options its options, of the type that its provider names
 */
public record GateEntry(String policy, Object options) {

  @JsonValue
  Map<String, Object> toTree() {
    return Map.of(policy, options);
  }
}
