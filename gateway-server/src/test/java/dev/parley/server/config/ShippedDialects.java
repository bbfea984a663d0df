package dev.parley.server.config;

import dev.parley.dialect.DialectProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The dialects that Parley comes with, of which the shipped files and the documentation speak. */
final class ShippedDialects {
  private ShippedDialects() {}

  static List<DialectProvider<?>> all() {
    List<DialectProvider<?>> all = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(all::add);
    return all;
  }
}
