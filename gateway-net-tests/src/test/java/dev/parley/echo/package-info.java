/** A dialect of tests: it echoes each message to its client. */
@NullMarked
package dev.parley.echo;

import org.jspecify.annotations.NullMarked;
