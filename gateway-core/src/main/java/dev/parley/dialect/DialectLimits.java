package dev.parley.dialect;

/**
 * Limits of the node that a dialect itself has to hold, because only it understands what it reads.
 *
 * @param jsonDepth how deeply a JSON message may be nested
 */
public record DialectLimits(int jsonDepth) {}
