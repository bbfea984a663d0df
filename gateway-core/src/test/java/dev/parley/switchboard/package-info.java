/** Tests of one connection at the switchboard, without a socket. */
@NullMarked
package dev.parley.switchboard;

import org.jspecify.annotations.NullMarked;
