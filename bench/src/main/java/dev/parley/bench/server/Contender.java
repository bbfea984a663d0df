package dev.parley.bench.server;

import dev.parley.bench.machine.Launch;
import dev.parley.bench.wire.Protocol;
import java.util.regex.Pattern;

/**
 * A server to be measured. Another one is another value of this.
 *
 * @param name what it is called in commands and tables
 * @param launch how it is started; it chooses its port itself and lives until it is killed
 * @param ready the line with which it says that it listens, with the port as its first group
 * @param first what the first ends of pairs speak to it
 * @param second what the second ends of pairs speak to it
 * @param garbage how it is made to free memory that it does not need
 */
public record Contender(String name, Launch launch, Pattern ready, Protocol first, Protocol second,
    GarbageCollection garbage) {}
