package dev.parley.bench.report;

/**
 * How a benchmark is run.
 *
 * @param rounds how often each server is measured; medians of them count
 * @param connections clients that exchange signals
 * @param idleConnections clients that say nothing
 * @param rate signals in a second in the open loop
 * @param warmUpSeconds under load, before a server is measured for the first time
 * @param seconds how long each load is measured
 */
public record Setting(int rounds, int connections, int idleConnections, int rate,
    double warmUpSeconds, double seconds) {}
