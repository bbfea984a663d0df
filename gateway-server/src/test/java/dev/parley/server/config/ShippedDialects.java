package dev.parley.server.config;

import dev.parley.dialect.DialectProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The dialects of the shipped files and the documentation: those of the class path. */
final class ShippedDialects {
  private ShippedDialects() {}

  static List<DialectProvider<?>> all() {
    List<DialectProvider<?>> found = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(found::add);
    return found;
  }
}
