package dev.parley.hub.redis.script;

/** The result of a command that returns nothing. */
public enum Done {
  DONE
}
