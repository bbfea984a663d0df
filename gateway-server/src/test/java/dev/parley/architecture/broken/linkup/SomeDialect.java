package dev.parley.architecture.broken.linkup;

/** For others to know of, against the rules. */
public interface SomeDialect {}
