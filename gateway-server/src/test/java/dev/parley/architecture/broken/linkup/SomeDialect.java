package dev.parley.architecture.broken.linkup;

/** A dependency of other classes, against the rules. */
public interface SomeDialect {}
