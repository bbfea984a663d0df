package dev.parley.bench.report;

/**
 * The work of a Redis for signals.
 *
 * @param cpuMicrosPerSignal the time of its core for each signal that arrived
 * @param callsPerSignal calls of scripts for each of them
 * @param readsPerSignal reads of streams for each of them
 * @param load the use of its core: 1 is all of it
 */
public record RedisUse(
    double cpuMicrosPerSignal, double callsPerSignal, double readsPerSignal, double load) {}
