/** Listeners, connections, and the limits that hold for them. Knows no dialect. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
