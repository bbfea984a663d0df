/** The servers that are compared, and their processes. */
@NullMarked
package dev.parley.bench.server;

import org.jspecify.annotations.NullMarked;
