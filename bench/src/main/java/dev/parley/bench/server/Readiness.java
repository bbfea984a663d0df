package dev.parley.bench.server;

/**
 * How soon a server was there.
 *
 * @param listeningMillis from the start of its process to the line in which it says so
 * @param answeredMillis from the start of its process to the answer to its first client
 */
public record Readiness(double listeningMillis, double answeredMillis) {}
