/** The hub of a single node: everything in memory. */
@NullMarked
package dev.parley.hub.local;

import org.jspecify.annotations.NullMarked;
