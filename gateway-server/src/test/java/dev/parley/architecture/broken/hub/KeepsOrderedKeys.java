package dev.parley.architecture.broken.hub;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Keeps the rules about hash keys. */
public final class KeepsOrderedKeys {

  private final Map<KeepsKeysWithoutAnOrder.Ordered, Set<String>> names = new HashMap<>();
  private final Set<Thread> threads = new HashSet<>();

  /** Whether anything is kept. */
  public boolean isEmpty() {
    return names.isEmpty() && threads.isEmpty();
  }
}
