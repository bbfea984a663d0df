/** A dialect of tests: a client is told what it says. */
@NullMarked
package dev.parley.echo;

import org.jspecify.annotations.NullMarked;
