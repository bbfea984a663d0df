/** The groups of a single node: everything in memory. */
@NullMarked
package dev.parley.group.local;

import org.jspecify.annotations.NullMarked;
