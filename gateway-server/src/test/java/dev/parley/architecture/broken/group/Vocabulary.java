package dev.parley.architecture.broken.group;

/** What dialects may know of groups. */
public interface Vocabulary {}
