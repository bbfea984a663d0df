/** Listeners, connections, and their limits. Knows no dialect. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
