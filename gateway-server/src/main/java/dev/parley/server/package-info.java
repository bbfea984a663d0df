/** The process: its command line, its start and its stop. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
