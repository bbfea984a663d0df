/** Reads and trims the inbox of this node. */
@NullMarked
package dev.parley.cluster.inbox;

import org.jspecify.annotations.NullMarked;
