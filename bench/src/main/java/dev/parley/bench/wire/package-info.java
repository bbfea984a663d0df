/**
 * What travels between the clients of a benchmark and a server: frames, signals, and how a server
 * is spoken to.
 */
@NullMarked
package dev.parley.bench.wire;

import org.jspecify.annotations.NullMarked;
