/**
 * The process: its command line, its start and its stop.
 *
 * <p>Many classes, because each command and each step of the start has one.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
