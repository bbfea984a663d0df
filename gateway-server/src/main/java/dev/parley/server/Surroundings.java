package dev.parley.server;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Everything that a command takes from its process, so that a test can replace it.
 *
 * @param environment the variables
 * @param in standard input: a key to be hashed
 * @param out standard output: the ready line, the printed configuration
 * @param err standard error: the one line of a failure
 * @param stop when to stop
 * @param plugIns finds the plug-ins that are installed
 * @param gateways makes the clients' side
 */
record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    StopSignal stop,
    Supplier<PlugIns> plugIns,
    GatewayService.Factory gateways) {}
