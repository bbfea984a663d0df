package dev.parley.cluster.script;

/** The result of an operation that has nothing to say. */
public enum Done {
  DONE
}
