package dev.parley.hub.redis.script;

/** The result of an operation that has nothing to say. */
public enum Done {
  DONE
}
