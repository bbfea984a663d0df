package dev.parley.architecture.broken.linkup;

import dev.parley.architecture.broken.group.Vocabulary;

/** Breaks nothing: the vocabulary of groups is published. */
public interface UsesGroups {
  void use(Vocabulary vocabulary);
}
