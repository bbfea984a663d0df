/** What touches a socket, piece by piece. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
