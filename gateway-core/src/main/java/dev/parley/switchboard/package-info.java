/** Puts a session through to the hub, in order, on the session's own event loop. */
@NullMarked
package dev.parley.switchboard;

import org.jspecify.annotations.NullMarked;
