package dev.parley.server.config;

import java.util.ArrayList;
import java.util.List;

/** A place in the configuration: names and list indices from the root, written with dots. */
record KeyPath(List<String> names) {
  static final KeyPath ROOT = new KeyPath(List.of());

  KeyPath {
    names = List.copyOf(names);
  }

  static KeyPath parse(String text) {
    return new KeyPath(List.of(text.split("\\.", -1)));
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  String first() {
    return names.getFirst();
  }

  KeyPath rest() {
    return new KeyPath(names.subList(1, names.size()));
  }

  KeyPath then(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new KeyPath(longer);
  }

  @Override
  public String toString() {
    return String.join(".", names);
  }
}
