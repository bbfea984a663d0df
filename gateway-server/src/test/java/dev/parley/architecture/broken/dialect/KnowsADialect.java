package dev.parley.architecture.broken.dialect;

import dev.parley.architecture.broken.linkup.SomeDialect;

/** Breaks: core knows no dialect. */
public interface KnowsADialect {
  void use(SomeDialect dialect);
}
