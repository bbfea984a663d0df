package dev.parley.cluster.script;

/** The result of a command that returns nothing. */
public enum Done {
  DONE
}
