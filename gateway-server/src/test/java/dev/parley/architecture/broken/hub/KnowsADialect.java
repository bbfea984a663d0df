package dev.parley.architecture.broken.hub;

import dev.parley.architecture.broken.linkup.SomeDialect;

/** Breaks: core knows no dialect. */
public interface KnowsADialect {
  void use(SomeDialect dialect);
}
