package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Everything that a command takes from the process it runs in, so that a test can be one.
 *
 * @param environment the variables
 * @param out for what was asked for: the ready line, the printed configuration
 * @param err for the one line that says what is wrong
 * @param stop when to stop
 * @param dialects finds the dialects that are installed
 * @param gateways makes the clients' side
 */
record Surroundings(
    Map<String, String> environment,
    PrintStream out,
    PrintStream err,
    StopSignal stop,
    Supplier<List<DialectProvider<?>>> dialects,
    GatewayService.Factory gateways) {}
