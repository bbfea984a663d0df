/** Connects sessions with the hub, in order, on each session's own event loop. */
@NullMarked
package dev.parley.switchboard;

import org.jspecify.annotations.NullMarked;
