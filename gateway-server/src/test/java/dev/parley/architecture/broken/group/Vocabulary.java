package dev.parley.architecture.broken.group;

/** The part of groups that is published for dialects. */
public interface Vocabulary {}
