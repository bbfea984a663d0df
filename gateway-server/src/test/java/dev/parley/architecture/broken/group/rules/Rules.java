package dev.parley.architecture.broken.group.rules;

/** Below what is published, and not published. */
public interface Rules {}
