package dev.parley.server.config;

import dev.parley.dialect.DialectProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The dialects that the shipped files and the documentation speak of: those of the class path. */
final class ShippedDialects {
  private ShippedDialects() {}

  static List<DialectProvider<?>> all() {
    List<DialectProvider<?>> found = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(found::add);
    return found;
  }
}
