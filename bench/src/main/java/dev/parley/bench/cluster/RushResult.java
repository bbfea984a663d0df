package dev.parley.bench.cluster;

import dev.parley.bench.load.Faults;

/**
 * The outcome of many users joining one room at once.
 *
 * @param users who joined it
 * @param answeredSeconds until the last one had its answer
 * @param knownSeconds until all had heard of all others
 * @param faults messages with which something went wrong
 */
public record RushResult(int users, double answeredSeconds, double knownSeconds, Faults faults) {}
