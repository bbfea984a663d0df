/** Listeners, connections and their limits: everything that touches a socket. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
